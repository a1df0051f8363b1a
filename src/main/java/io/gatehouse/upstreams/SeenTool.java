package io.gatehouse.upstreams;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.ToolDigest;

/**
 * A tool as the upstream lists it.
 *
 * @param title for people, or null
 * @param digest {@link ToolDigest} of its definition
 * @param definition JSON
 */
record SeenTool(String name, String title, String digest, String definition) {

    static SeenTool of(String name, JsonNode definition) {
        return new SeenTool(name, WholeText.storable(title(definition)), ToolDigest.of(definition),
                WholeText.of(definition));
    }

    /** MCP gives the title of its own precedence over that of the annotations. */
    static String title(JsonNode definition) {
        String title = WholeText.member(definition, "title");
        return title == null ? WholeText.member(definition.path("annotations"), "title") : title;
    }
}
