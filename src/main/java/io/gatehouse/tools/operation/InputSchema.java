package io.gatehouse.tools.operation;

import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.HeaderParameter;

/** The arguments of one tool while they are gathered: one property each, names unique. */
final class InputSchema {

    private final SchemaWriter writer;
    private final ObjectNode properties = JsonNodeFactory.instance.objectNode();
    private final Set<String> required = new LinkedHashSet<>();

    InputSchema(Document document) {
        this.writer = new SchemaWriter(document);
    }

    /** The schema at this place of the document, as a part of the input schema. */
    JsonNode write(JsonNode schema, String place) {
        return writer.write(schema, place);
    }

    /**
     * @param wanted the name on the wire; model providers take {@code [A-Za-z0-9_-]} only
     * @param otherwise for when that name is taken
     * @return the argument's name
     */
    String add(String wanted, String otherwise, JsonNode schema, boolean isRequired) {
        String fallback = Names.slug(otherwise, "argument");
        String name = Names.slug(wanted, fallback);
        if (properties.has(name)) {
            name = Names.unique(fallback, properties::has);
        }
        properties.set(name, schema);
        if (isRequired) {
            required.add(name);
        }
        return name;
    }

    /** The whole as JSON Schema 2020-12. */
    String toJson() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        schema.set("properties", properties);
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        schema.put("additionalProperties", false);
        ObjectNode definitions = writer.definitions();
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        HeaderParameter.sanitize(schema, writer.annotated());
        return schema.toString();
    }
}
