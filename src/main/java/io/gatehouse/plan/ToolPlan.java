package io.gatehouse.plan;

import java.util.Map;

/**
 * One tool as agents see it, and what a call of it does.
 *
 * @param name unique in its server, {@code [A-Za-z0-9_.-]}, at most 128 characters
 * @param title for people, or null
 * @param description null for none
 * @param inputSchema JSON Schema 2020-12 with an object root, as JSON text
 * @param outputSchema of its structured content, as JSON text; null for none
 * @param annotations of MCP, a JSON object as text; they inform agents; null for none
 * @param readOnly whether its calls take no right to change something, which is for the server to say: what others promise of
 *        their tools gives nobody a right
 * @param others what else lists say of it, such as icons, as JSON text by member
 */
public record ToolPlan(String name, String title, String description, String inputSchema, String outputSchema,
        String annotations, boolean readOnly, Map<String, String> others, Action action) {
}
