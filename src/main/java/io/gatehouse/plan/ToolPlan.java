package io.gatehouse.plan;

/**
 * One tool as agents see it, and what a call of it does.
 *
 * @param name unique in its server, {@code [A-Za-z0-9_.-]}, at most 128 characters
 * @param title for people, or null
 * @param inputSchema JSON Schema 2020-12 with an object root, as JSON text
 * @param hints what the tool does to its surroundings
 */
public record ToolPlan(String name, String title, String description, String inputSchema, Hints hints, Action action) {

    /**
     * MCP tool annotations; they inform and are never enforced.
     *
     * @param title null for none
     * @param openWorld null where nothing is known
     */
    public record Hints(String title, boolean readOnly, boolean destructive, boolean idempotent, Boolean openWorld) {
    }
}
