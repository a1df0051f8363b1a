package io.gatehouse.gateway.proxy;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.proxied.Announcements;
import io.gatehouse.engine.proxied.Interests;
import io.gatehouse.engine.proxied.Listening;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.RemoteTools;
import io.gatehouse.gateway.protocol.Acceptance;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.gateway.protocol.Message;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.gateway.protocol.ParameterHeaders;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Answers clients of 2026-07-28 for an upstream of the legacy era. */
@Singleton
class ModernBridge {

    private static final String META = "_meta";
    private static final Set<String> KEPT_BY_CLIENTS = Set.of("tools/list", "prompts/list", "resources/list",
            "resources/templates/list", "resources/read");
    private static final Set<String> ASKED = Set.of("tools/list", "tools/call", "prompts/list", "prompts/get",
            "resources/list", "resources/templates/list", "resources/read", "completion/complete");
    private static final int LEGACY_NOT_FOUND = -32_002;
    private static final int METHOD_NOT_FOUND = -32_601;
    private static final int INVALID_PARAMS = -32_602;

    private final Bridge bridge;
    private final Listening listening;

    @Inject
    ModernBridge(Bridge bridge, Listening listening) {
        this.bridge = bridge;
        this.listening = listening;
    }

    /** Fails with a {@link Fault} or a {@link Problem}. */
    Uni<Reply> answer(Turn turn) {
        if (turn.message().kind() != Message.Kind.REQUEST) {
            return Uni.createFrom().item(Reply.Empty.ACCEPTED);
        }
        Card card = Card.of(turn);
        String method = turn.message().method();
        if (method.equals(Methods.DISCOVER)) {
            return Uni.createFrom().item(JsonRpc.reply(turn.message(), card.discovery()));
        }
        if (method.equals("subscriptions/listen")) {
            return listen(turn, card);
        }
        if (!ASKED.contains(method)) {
            throw Fault.methodNotFound(404, method);
        }
        if (method.equals("tools/call")) {
            JsonNode params = turn.message().params();
            RemoteTools tools = turn.known().located().server().remoteTools();
            ParameterHeaders.check(turn.known().located().arrival(), Bridge.headers(tools, params.path("name").asText()),
                    params.path("arguments"));
        }
        boolean wantsLog = turn.message().params().path(META).has("io.modelcontextprotocol/logLevel");
        return bridge.ask(turn, notification -> wantsLog || !isLog(notification),
                response -> modern(response, KEPT_BY_CLIENTS.contains(method), card),
                response -> response.at("/error/code").asInt() == METHOD_NOT_FOUND ? 404 : 200);
    }

    private static boolean isLog(ObjectNode notification) {
        return notification.path("method").asText().equals("notifications/message");
    }

    /** @param isKept whether clients keep such a result for as long as they are told */
    static ObjectNode modern(ObjectNode response, boolean isKept, Card card) {
        if (response.path("result") instanceof ObjectNode result) {
            result.put("resultType", "complete");
            if (isKept) {
                result.put("ttlMs", 0).put("cacheScope", "private");
            }
            ObjectNode meta = result.path(META) instanceof ObjectNode present ? present : result.putObject(META);
            meta.set(Card.SERVER_INFO, card.serverInfo());
        } else if (response.at("/error/code").asInt() == LEGACY_NOT_FOUND) {
            ((ObjectNode) response.path("error")).put("code", INVALID_PARAMS);
        }
        return response;
    }

    private Uni<Reply> listen(Turn turn, Card card) {
        Acceptance.requireEvents(turn);
        JsonNode wanted = turn.message().params().path("notifications");
        if (!wanted.isObject()) {
            throw Fault.inBand("notifications must be an object");
        }
        Interests interests = Interests.of(wanted).within(card.capabilities());
        RemoteTools tools = turn.known().located().server().remoteTools();
        JsonNode id = turn.message().id();
        return listening.begin(tools.plan().upstream(), interests)
                .onFailure(Problem.class).transform(failure -> Failures.relayed(turn, failure))
                .map(heard -> tools.plan().isPinned() && interests.tools() && !heard.interests().tools()
                        ? new Announcements(heard.interests().andToolsOf(interests), Multi.createFrom().nothing())
                        : heard)
                .map(heard -> announced(heard, id, card.farewell(id)));
    }

    /** Ends as the client's era has it, be it the upstream or somebody else that ends it. */
    private static Reply announced(Announcements heard, JsonNode id, ObjectNode farewell) {
        return MessageStreams.resting(Multi.createBy().concatenating().streams(
                Multi.createFrom().item(acknowledgement(heard.interests(), id)),
                heard.notifications().map(message -> marked(message, id)),
                Multi.createFrom().item(farewell)), MessageStreams.of(farewell));
    }

    private static ObjectNode acknowledgement(Interests interests, JsonNode id) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0")
                .put("method", "notifications/subscriptions/acknowledged");
        message.putObject("params").set("notifications", interests.toJson());
        return marked(message, id);
    }

    private static ObjectNode marked(ObjectNode message, JsonNode id) {
        ObjectNode params = message.path("params") instanceof ObjectNode present ? present : message.putObject("params");
        ObjectNode meta = params.path(META) instanceof ObjectNode present ? present : params.putObject(META);
        meta.set(Card.SUBSCRIPTION, id);
        return message;
    }
}
