package io.gatehouse.gateway.protocol;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The era of the initialize handshake, 2025-03-26 to 2025-11-25, served without sessions. Errors of JSON-RPC are HTTP 200
 * here, for clients of this era drop the body of any other status.
 */
@Singleton
class LegacyEdge implements Edge {

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final Tools tools;

    @Inject
    LegacyEdge(Tools tools) {
        this.tools = tools;
    }

    @Override
    public String era() {
        return "legacy";
    }

    @Override
    public boolean endsWithItsStream() {
        return false;
    }

    @Override
    public Uni<Reply> answer(Turn turn) {
        if (turn.message().kind() == Message.Kind.LISTEN || turn.message().kind() == Message.Kind.END) {
            throw Fault.notAllowed("POST");
        }
        if (turn.message().kind() != Message.Kind.REQUEST) {
            return Uni.createFrom().item(Reply.Empty.ACCEPTED);
        }
        Published server = turn.known().located().server();
        return switch (turn.message().method()) {
            case Methods.INITIALIZE -> now(turn, initialize(turn));
            case Methods.PING -> now(turn, EMPTY);
            case Methods.LIST_TOOLS -> now(turn, server.legacyTools().answer(turn.message()));
            case Methods.CALL_TOOL ->
                tools.call(turn).map(outcome -> JsonRpc.reply(turn.message(), ToolResult.legacy(outcome)));
            case Methods.LIST_PROMPTS -> now(turn, server.legacyPrompts().answer(turn.message()));
            case Methods.GET_PROMPT -> now(turn, Prompts.get(turn, ""));
            default -> throw new Fault(200, Fault.METHOD_NOT_FOUND, "Method not found: " + turn.message().method());
        };
    }

    /** The revision that the client asks for, or else the newest of this era. */
    private static byte[] initialize(Turn turn) {
        JsonNode asked = turn.message().params().path("protocolVersion");
        if (!asked.isTextual()) {
            throw new Fault(200, Fault.INVALID_PARAMS, "protocolVersion must be a string");
        }
        String version = Versions.LEGACY.contains(asked.asText()) ? asked.asText() : Versions.LEGACY.get(0);
        return turn.known().located().server().card().initialization(version);
    }

    private static Uni<Reply> now(Turn turn, byte[] result) {
        return Uni.createFrom().item(JsonRpc.reply(turn.message(), result));
    }
}
