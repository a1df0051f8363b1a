package io.gatehouse.gateway.protocol;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.ServerPlan;

/** How a server introduces itself in each era, rendered once. */
final class ServerCard {

    private final ObjectNode info;
    private final String legacyRest;
    private final String resultFields;
    private final String listFields;
    private final byte[] discovery;

    ServerCard(ServerPlan plan) {
        this.info = JsonNodeFactory.instance.objectNode().put("name", plan.handle()).put("title", plan.name())
                .put("version", Integer.toString(plan.revision()));
        if (plan.icons() != null) {
            info.putRawValue("icons", new RawValue(plan.icons()));
        }
        ObjectNode legacy = JsonNodeFactory.instance.objectNode();
        offer(plan, legacy.putObject("capabilities"));
        legacy.set("serverInfo", info);
        ObjectNode modern = JsonNodeFactory.instance.objectNode().put("resultType", "complete");
        modern.putObject("_meta").set(Envelope.SERVER_INFO, info);
        this.resultFields = "," + inner(modern);
        modern.put("ttlMs", Lists.KEPT_MILLIS).put("cacheScope", "private");
        this.listFields = "," + inner(modern);
        Versions.MODERN.forEach(modern.putArray("supportedVersions")::add);
        offer(plan, modern.putObject("capabilities"));
        if (plan.description() != null) {
            legacy.put("instructions", plan.description());
            modern.put("instructions", plan.description());
        }
        this.legacyRest = "," + inner(legacy) + "}";
        this.discovery = modern.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Prompts also where there are none yet: a client that is not told of them would not hear of the first one. */
    private static void offer(ServerPlan plan, ObjectNode capabilities) {
        capabilities.putObject("tools").put("listChanged", true);
        capabilities.putObject("prompts").put("listChanged", true);
        if (plan.prompts().stream().anyMatch(PromptPlan::hasSuggestions)) {
            capabilities.putObject("completions");
        }
    }

    private static String inner(ObjectNode object) {
        String json = object.toString();
        return json.substring(1, json.length() - 1);
    }

    /** How the server calls itself; not to be changed. */
    JsonNode info() {
        return info;
    }

    /** The result of {@code initialize}. */
    byte[] initialization(String version) {
        return ("{\"protocolVersion\":\"" + version + "\"" + legacyRest).getBytes(StandardCharsets.UTF_8);
    }

    /** The result of {@code server/discover}. */
    byte[] discovery() {
        return discovery;
    }

    /** What a modern result has beside its own: members of an object, each after a comma. */
    String resultFields() {
        return resultFields;
    }

    /** The same for a list, which clients may keep. */
    String listFields() {
        return listFields;
    }
}
