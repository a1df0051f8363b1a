package io.gatehouse.tools.operation;

import java.net.URI;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the {@code servers} of a document, a path or an operation: the first counts, its variables at their defaults. */
final class ServerUrls {

    private ServerUrls() {
    }

    /** An absolute http or https URL without a trailing slash, or null where none is given. */
    static String first(JsonNode owner) {
        JsonNode server = owner.path("servers").path(0);
        String url = server.path("url").asText("");
        for (Map.Entry<String, JsonNode> variable : server.path("variables").properties()) {
            url = url.replace("{" + variable.getKey() + "}", variable.getValue().path("default").asText(""));
        }
        try {
            URI uri = URI.create(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? url.replaceFirst("/+$", "") : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
