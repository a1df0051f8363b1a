package io.gatehouse.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Specification.Operation;

/** Whether one OpenAPI document offers all that another one promises; it may offer more. */
public final class Superset {

    private final Specification promised;
    private final Specification offered;
    private final List<String> missing = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private Superset(Specification promised, Specification offered) {
        this.promised = promised;
        this.offered = offered;
    }

    /** @param furtherStatuses what every operation declares beside the promised statuses */
    public static List<String> missing(Specification promised, Specification offered, Set<String> furtherStatuses) {
        Superset superset = new Superset(promised, offered);
        promised.operations().forEach(operation -> superset.compare(operation, furtherStatuses));
        promised.document().path("components").path("schemas").properties().forEach(schema -> superset.schema(
                schema.getKey(), schema.getValue(),
                offered.document().path("components").path("schemas").path(schema.getKey())));
        return superset.missing;
    }

    private void compare(Operation operation, Set<String> furtherStatuses) {
        String place = operation.method() + " " + operation.template();
        Optional<Operation> same = offered.operations().stream().filter(other -> other.method()
                .equals(operation.method()) && other.template().equals(operation.template())).findFirst();
        if (same.isEmpty()) {
            missing.add(place);
            return;
        }
        if (!same.get().id().equals(operation.id())) {
            missing.add(place + ": operationId " + operation.id() + ", not " + same.get().id());
        }
        parameters(place, promised.parameters(operation), offered.parameters(same.get()));
        content(place + " request", promised.resolve(operation.node().path("requestBody")),
                offered.resolve(same.get().node().path("requestBody")));
        JsonNode responses = same.get().node().path("responses");
        operation.node().path("responses").properties().forEach(response -> {
            String status = place + " " + response.getKey();
            if (!responses.has(response.getKey())) {
                missing.add(status);
            }
            content(status, promised.resolve(response.getValue()), offered.resolve(responses.path(response.getKey())));
        });
        furtherStatuses.stream().filter(status -> !responses.has(status))
                .forEach(status -> missing.add(place + " " + status));
    }

    private void parameters(String place, Map<String, JsonNode> wanted, Map<String, JsonNode> there) {
        wanted.forEach((name, parameter) -> {
            JsonNode other = there.get(name);
            if (other == null) {
                missing.add(place + ": parameter " + name);
                return;
            }
            if (other.path("required").asBoolean() != parameter.path("required").asBoolean()) {
                missing.add(place + ": parameter " + name + " required as promised");
            }
            schema(place + " " + name, parameter.path("schema"), other.path("schema"));
        });
        there.forEach((name, parameter) -> {
            if (!wanted.containsKey(name) && parameter.path("required").asBoolean()) {
                missing.add(place + ": parameter " + name + " is required, though none was promised");
            }
        });
    }

    private void content(String place, JsonNode wanted, JsonNode there) {
        wanted.path("content").properties().forEach(media -> {
            JsonNode other = there.path("content").path(media.getKey());
            if (other.isMissingNode()) {
                missing.add(place + ": " + media.getKey());
            } else {
                schema(place, media.getValue().path("schema"), other.path("schema"));
            }
        });
    }

    private void schema(String place, JsonNode wantedReference, JsonNode thereReference) {
        if (wantedReference.has("$ref") && !compared.add(wantedReference + " " + thereReference)) {
            return;
        }
        JsonNode wanted = promised.resolve(wantedReference);
        JsonNode there = offered.resolve(thereReference);
        if (there.isMissingNode()) {
            missing.add(place + ": schema");
            return;
        }
        if (wanted.has("type") && !words(wanted.path("type")).equals(words(there.path("type")))) {
            missing.add(place + ": type " + wanted.path("type") + ", not " + there.path("type"));
        }
        for (String keyword : List.of("format", "pattern", "minimum", "maximum", "maxLength", "minItems", "default")) {
            if (wanted.has(keyword) && !wanted.get(keyword).asText().equals(there.path(keyword).asText())) {
                missing.add(place + ": " + keyword + " " + wanted.get(keyword) + ", not " + there.path(keyword));
            }
        }
        if (wanted.has("enum") && there.has("enum") && !words(there.path("enum")).containsAll(words(wanted.path("enum")))) {
            missing.add(place + ": enum " + wanted.path("enum") + ", not " + there.path("enum"));
        }
        wanted.path("properties").properties().forEach(property -> schema(place + "." + property.getKey(),
                property.getValue(), there.path("properties").path(property.getKey())));
        for (String keyword : List.of("items", "additionalProperties")) {
            if (wanted.path(keyword).isObject()) {
                schema(place + " " + keyword, wanted.path(keyword), there.path(keyword));
            }
        }
    }

    private static Set<String> words(JsonNode value) {
        Set<String> words = new TreeSet<>();
        if (value.isTextual()) {
            words.add(value.asText());
        }
        value.forEach(word -> words.add(word.asText()));
        return words;
    }
}
