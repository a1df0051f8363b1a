package io.gatehouse.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Versions;

/**
 * How an upstream is introduced to clients of the other era: with what it offers of its own accord, and without what can't
 * be had across eras.
 */
record Card(JsonNode capabilities, JsonNode serverInfo, JsonNode instructions) {

    static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

    static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    private static final List<String> CROSSING = List.of("tools", "prompts", "resources", "completions", "experimental");

    static Card of(Turn turn) {
        try {
            JsonNode card = new ObjectMapper()
                    .readTree(turn.known().located().server().remoteTools().plan().upstream().card());
            ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
            CROSSING.stream().filter(name -> card.path("capabilities").path(name).isObject())
                    .forEach(name -> capabilities.set(name, card.path("capabilities").path(name)));
            return new Card(capabilities, card.path("serverInfo"), card.path("instructions"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The card of an upstream is no JSON", e);
        }
    }

    /** The result of {@code server/discover}. */
    byte[] discovery() {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("resultType", "complete");
        Versions.MODERN.forEach(result.putArray("supportedVersions")::add);
        result.set("capabilities", capabilities);
        introduce(result);
        result.put("ttlMs", 0).put("cacheScope", "private").putObject("_meta").set(SERVER_INFO, serverInfo);
        return result.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The result of {@code initialize}. Single resources can't be subscribed to without a session. */
    byte[] initialization(String version) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("protocolVersion", version);
        ObjectNode offered = capabilities.deepCopy();
        if (offered.path("resources") instanceof ObjectNode resources) {
            resources.remove("subscribe");
        }
        result.set("capabilities", offered);
        result.set("serverInfo", serverInfo);
        introduce(result);
        return result.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The response to a {@code subscriptions/listen} of this id that ends. */
    ObjectNode farewell(JsonNode id) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        message.set("id", id);
        ObjectNode meta = message.putObject("result").put("resultType", "complete").putObject("_meta");
        meta.set(SUBSCRIPTION, id);
        meta.set(SERVER_INFO, serverInfo);
        return message;
    }

    private void introduce(ObjectNode result) {
        if (instructions.isTextual()) {
            result.set("instructions", instructions);
        }
    }
}
