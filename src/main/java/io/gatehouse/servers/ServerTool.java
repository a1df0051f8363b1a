package io.gatehouse.servers;

/**
 * A tool on a server.
 *
 * @param id of the catalogue entry behind it
 * @param name as agents call it
 * @param title as people call it
 * @param description what agents read: the server's own words for it, or else the tool's
 * @param originalDescription the tool's own words
 */
public record ServerTool(long id, String name, String title, String description, String originalDescription,
        boolean enabled) {
}
