package io.gatehouse.api.celigo;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Problem;
import io.gatehouse.servers.ServerChange;

/** Reads a JSON Patch (RFC 6902) of which this API takes {@code replace} of {@code /name} and {@code /disabled}. */
final class PatchReader {

    private static final String NAME = "/name";
    private static final String DISABLED = "/disabled";
    private static final String VALUE = "value";

    private final boolean hasSwitch;
    private String name;
    private Boolean disabled;

    private PatchReader(boolean hasSwitch) {
        this.hasSwitch = hasSwitch;
    }

    /** Later operations win, as if applied in turn; all faults of all operations are noted. */
    static ServerChange read(JsonNode body, Faults faults) {
        PatchReader patch = new PatchReader(true);
        patch.operations(body, faults);
        return new ServerChange(patch.name, null, null, null, null,
                patch.disabled == null ? null : !patch.disabled);
    }

    /** The same for a thing that can be renamed only. */
    static String name(JsonNode body, Faults faults) {
        PatchReader patch = new PatchReader(false);
        patch.operations(body, faults);
        return patch.name;
    }

    private void operations(JsonNode body, Faults faults) {
        if (body == null || body.isMissingNode()) {
            throw Problem.malformed("invalid_json", "A JSON Patch is needed as the body");
        }
        if (!body.isArray() || body.isEmpty()) {
            throw Problem.invalid("invalid_patch", "A JSON Patch is an array of one operation at least");
        }
        for (int i = 0; i < body.size(); i++) {
            if (!body.get(i).isObject()) {
                faults.add(Integer.toString(i), "invalid_patch", i + ": an operation must be an object");
            } else {
                operation(JsonFields.of(body.get(i), i + ".", faults));
            }
        }
    }

    private void operation(JsonFields operation) {
        String op = operation.text("op");
        String path = operation.text("path");
        if (!"replace".equals(op)) {
            operation.faults().add(operation.path("op"), "invalid_op", "Only the operation replace is supported");
        }
        if (path == null) {
            operation.faults().add(operation.path("path"), "missing_required_field", "path is required");
        } else if (path.equals(NAME)) {
            name = required(operation, operation.text(VALUE), name);
        } else if (hasSwitch && path.equals(DISABLED)) {
            disabled = required(operation, operation.flag(VALUE), disabled);
        } else {
            operation.faults().add(operation.path("path"), "not_whitelisted", path + " is not a whitelisted property");
        }
    }

    private static <T> T required(JsonFields operation, T value, T otherwise) {
        if (value == null) {
            operation.faults().add(operation.path(VALUE), "missing_required_field", "value is required");
            return otherwise;
        }
        return value;
    }
}
