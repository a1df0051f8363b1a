package io.gatehouse.engine.proxied;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What somebody wants to hear of: changes of lists, and of single resources.
 *
 * @param uris of resources
 */
public record Interests(boolean tools, boolean prompts, boolean resources, List<String> uris) {

    /** Somebody who wants to hear of nothing. */
    public static final Interests NONE = new Interests(false, false, false, List.of());

    /**
     * As {@code subscriptions/listen} names them (2026-07-28, Subscriptions).
     *
     * @param notifications an object; what it does not name is not wanted
     */
    public static Interests of(JsonNode notifications) {
        List<String> uris = new ArrayList<>();
        notifications.path("resourceSubscriptions").forEach(uri -> uris.add(uri.asText()));
        return new Interests(notifications.path("toolsListChanged").asBoolean(),
                notifications.path("promptsListChanged").asBoolean(),
                notifications.path("resourcesListChanged").asBoolean(), List.copyOf(uris));
    }

    /** Those that a server with these capabilities can satisfy. */
    public Interests within(JsonNode capabilities) {
        return new Interests(tools && capabilities.at("/tools/listChanged").asBoolean(),
                prompts && capabilities.at("/prompts/listChanged").asBoolean(),
                resources && capabilities.at("/resources/listChanged").asBoolean(),
                capabilities.at("/resources/subscribe").asBoolean() ? uris : List.of());
    }

    /** The same but for the resources. */
    Interests with(List<String> otherUris) {
        return new Interests(tools, prompts, resources, otherUris);
    }

    /** The same, and changes of tools where these are among them. */
    public Interests andToolsOf(Interests others) {
        return new Interests(tools || others.tools, prompts, resources, uris);
    }

    /** The inverse of {@link #of}; only what is wanted is named. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        name(json, "toolsListChanged", tools);
        name(json, "promptsListChanged", prompts);
        name(json, "resourcesListChanged", resources);
        if (!uris.isEmpty()) {
            ArrayNode named = json.putArray("resourceSubscriptions");
            uris.forEach(named::add);
        }
        return json;
    }

    private static void name(ObjectNode json, String field, boolean wanted) {
        if (wanted) {
            json.put(field, true);
        }
    }

    /** Whether a notification is about one of these. */
    public boolean include(JsonNode notification) {
        return switch (notification.path("method").asText()) {
            case "notifications/tools/list_changed" -> tools;
            case "notifications/prompts/list_changed" -> prompts;
            case "notifications/resources/list_changed" -> resources;
            case "notifications/resources/updated" -> uris.contains(notification.at("/params/uri").asText());
            default -> false;
        };
    }
}
