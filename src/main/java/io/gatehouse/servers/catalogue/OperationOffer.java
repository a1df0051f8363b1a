package io.gatehouse.servers.catalogue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.connections.Credentials;
import io.gatehouse.plan.ToolPlan;
import io.gatehouse.tools.operation.ApiCollections;
import io.gatehouse.tools.operation.EndpointPlan;
import io.gatehouse.tools.operation.Endpoints;

/**
 * An operation of an imported API.
 *
 * @param plan null while it is disabled
 */
record OperationOffer(long id, EndpointPlan plan) implements Offer {

    @Override
    public Set<String> topics() {
        Set<String> topics = new HashSet<>(Set.of(Endpoints.topic(id)));
        if (plan != null) {
            topics.add(ApiCollections.topic(plan.collectionId()));
            if (plan.action().connectionId() != null) {
                topics.add(Credentials.topic(plan.action().connectionId()));
            }
        }
        return topics;
    }

    @Override
    public ToolPlan toPlan(Words words) {
        if (plan == null) {
            return null;
        }
        JsonNode annotations = promised(plan.action().operation().method()).setAll(words.annotations());
        return new ToolPlan(words.name(), plan.title(),
                words.description() == null ? plan.description() : words.description(), plan.inputSchema(), null,
                annotations.toString(), annotations.path("readOnlyHint").asBoolean(),
                words.icons() == null ? Map.of() : Map.of("icons", words.icons()), plan.action());
    }

    /** What RFC 9110, section 9.2, promises of a method. */
    private static ObjectNode promised(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> hints(true, false, true);
            case "PUT", "DELETE" -> hints(false, true, true);
            case "POST" -> hints(false, false, false);
            default -> hints(false, true, false);
        };
    }

    private static ObjectNode hints(boolean readOnly, boolean destructive, boolean idempotent) {
        return JsonNodeFactory.instance.objectNode().put("readOnlyHint", readOnly).put("destructiveHint", destructive)
                .put("idempotentHint", idempotent);
    }
}
