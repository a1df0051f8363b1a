package io.gatehouse.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;

/** The schemas of one OpenAPI document, compiled when first used; formats are assertions. */
final class Schemas {

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder().formatAssertionsEnabled(true)
            .build();

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    Schemas(JsonNode document) {
        this.document = document;
        boolean old = document.path("openapi").asText().startsWith("3.0");
        this.registry = SchemaRegistry.withDefaultDialect(old ? Dialects.getOpenApi30() : Dialects.getOpenApi31(),
                builder -> builder.schemaRegistryConfig(CONFIG));
    }

    /** @param pointer the place of the schema in the document */
    List<String> faults(String pointer, JsonNode value) {
        return compiled.computeIfAbsent(pointer, this::compile).validate(value).stream().map(Schemas::sentence).toList();
    }

    /** References into the document resolve, for the parts that they lead to stand in the schema under their names. */
    private Schema compile(String pointer) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.set("components", document.path("components"));
        schema.set("paths", document.path("paths"));
        schema.putArray("allOf").add(document.at(pointer));
        return registry.getSchema(schema);
    }

    private static String sentence(Error error) {
        return error.getInstanceLocation() + ": " + error.getMessage();
    }
}
