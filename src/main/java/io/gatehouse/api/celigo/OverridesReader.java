package io.gatehouse.api.celigo;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.api.JsonFields;

/** Reads overrides: what is known of them is checked and kept as it came, what is unknown is left out. */
final class OverridesReader {

    private static final String ABSTRACT_ID = "_abstractId";
    private static final String RESPONSE_MAPPING = "responseMapping";
    private static final Set<String> EXPORT_TYPES = Set.of("webhook", "distributed", "test", "delta", "once",
            "tranlinedelta", "simple", "blob", "all");
    private static final Set<String> ROUTES_TO = Set.of("first_matching_branch", "all_matching_branches");
    private static final Set<String> ROUTES_USING = Set.of("input_filters", "script");

    private final JsonFields from;
    private final ObjectNode to;

    private OverridesReader(JsonFields from, ObjectNode to) {
        this.from = from;
        this.to = to;
    }

    /** @return null where there are none */
    static JsonNode read(JsonFields tool) {
        JsonFields overrides = tool.object("overrides");
        if (overrides == null) {
            return null;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        new OverridesReader(overrides, kept)
                .each("connections", OverridesReader::connection).each("exports", OverridesReader::export)
                .each("imports", OverridesReader::anImport).each("routers", OverridesReader::router);
        return kept;
    }

    private OverridesReader connection() {
        return required(ABSTRACT_ID).id("_id").text("_borrowConcurrencyFromConnectionId");
    }

    private OverridesReader export() {
        return required(ABSTRACT_ID).id("_id").id("_connectionId").word("type", EXPORT_TYPES).number("pageSize")
                .flag("skipRetries").flag("proceedOnFailure").one(RESPONSE_MAPPING, OverridesReader::mapping);
    }

    private OverridesReader anImport() {
        return required(ABSTRACT_ID).id("_connectionId").flag("proceedOnFailure")
                .one(RESPONSE_MAPPING, OverridesReader::mapping)
                .one("hooks", hooks -> hooks.one("preMap", OverridesReader::hook).one("postMap", OverridesReader::hook));
    }

    private OverridesReader router() {
        return required(ABSTRACT_ID).text("name").word("routeRecordsTo", ROUTES_TO)
                .word("routeRecordsUsing", ROUTES_USING).one("script", OverridesReader::hook)
                .each("branches", OverridesReader::branch);
    }

    private OverridesReader branch() {
        return text(ABSTRACT_ID).text("name").text("description").one("inputFilter",
                filter -> filter.word("version", Set.of("1")).array("rules"));
    }

    private OverridesReader mapping() {
        return each("fields", OverridesReader::mapped)
                .each("lists", list -> list.text("generate").each("fields", OverridesReader::mapped));
    }

    private OverridesReader mapped() {
        return text("extract").text("generate");
    }

    private OverridesReader hook() {
        return text("function").id("_scriptId");
    }

    private OverridesReader required(String name) {
        String text = from.text(name);
        if (text == null || text.isEmpty()) {
            from.faults().add(from.path(name), "missing_required_field", from.path(name) + " is required");
        }
        return keep(name, text);
    }

    private OverridesReader text(String name) {
        return keep(name, from.text(name));
    }

    private OverridesReader id(String name) {
        return keep(name, from.reference(name));
    }

    private OverridesReader word(String name, Set<String> words) {
        return keep(name, from.word(name, words));
    }

    private OverridesReader flag(String name) {
        return keep(name, from.flag(name));
    }

    private OverridesReader number(String name) {
        return keep(name, from.number(name));
    }

    private OverridesReader array(String name) {
        return keep(name, from.array(name));
    }

    private OverridesReader keep(String name, Object value) {
        if (value != null) {
            to.set(name, from.raw(name));
        }
        return this;
    }

    private OverridesReader one(String name, Part reader) {
        JsonFields part = from.object(name);
        if (part != null) {
            reader.read(new OverridesReader(part, to.putObject(name)));
        }
        return this;
    }

    private OverridesReader each(String name, Part reader) {
        if (from.has(name)) {
            ArrayNode kept = to.putArray(name);
            from.objects(name).forEach(part -> reader.read(new OverridesReader(part, kept.addObject())));
        }
        return this;
    }

    /** What is known of one part. */
    private interface Part {

        OverridesReader read(OverridesReader part);
    }
}
