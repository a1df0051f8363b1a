package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.prompts.Prompt;
import io.gatehouse.servers.catalogue.Icon;
import io.gatehouse.servers.catalogue.ToolAnnotations;

/**
 * A whole server as a request wants it.
 *
 * @param relativeUri null when the request gives none
 * @param icons null for those that it has
 * @param tools entries of the catalogue
 * @param apis APIs of which each is one tool
 * @param oauth null for none
 * @param upstreamId the object id of the upstream that it stands for; null for none, or for the one that it has
 */
public record ServerDraft(String name, String relativeUri, String description, List<Icon> icons, boolean enabled,
        List<Tool> tools,
        List<Api> apis, List<Prompt> prompts, ExternalOAuth.Wish oauth, String upstreamId) {

    /**
     * A catalogue entry as a tool of the server.
     *
     * @param objectId of the entry
     * @param name as agents call it
     * @param icons null for those that it has on the server
     * @param overrides JSON, or null for none
     */
    public record Tool(String objectId, String name, boolean enabled, ToolAnnotations annotations,
            List<Icon> icons, String overrides) {
    }

    /** An API as a tool of the server. */
    public record Api(String objectId, String name, boolean enabled) {
    }
}
