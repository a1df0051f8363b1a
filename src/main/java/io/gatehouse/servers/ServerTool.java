package io.gatehouse.servers;

/**
 * A tool on a server.
 *
 * @param id of the catalogue entry behind it
 * @param objectId the same entry's other id
 * @param name as agents call it
 * @param title as people call it
 * @param description what agents read: the server's own words for it, or else the tool's
 * @param originalDescription the tool's own words
 * @param enabled whether this server offers it
 * @param active whether the catalogue offers it at all
 * @param annotations null for none
 * @param overrides JSON, or null for none
 */
public record ServerTool(long id, String objectId, String name, String title, String description,
        String originalDescription, boolean enabled, boolean active, ToolAnnotations annotations, String overrides) {
}
