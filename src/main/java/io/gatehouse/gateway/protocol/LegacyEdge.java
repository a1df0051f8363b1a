package io.gatehouse.gateway.protocol;

import java.nio.charset.StandardCharsets;

import io.gatehouse.engine.Outcome;
import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.RemoteTools;
import io.gatehouse.gateway.cancel.Cancellations;
import io.gatehouse.gateway.cancel.InFlight;
import io.gatehouse.gateway.listen.ListStreams;
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
    private final ListStreams streams;
    private final InFlight inFlight;
    private final Cancellations cancellations;

    @Inject
    LegacyEdge(Tools tools, ListStreams streams, InFlight inFlight, Cancellations cancellations) {
        this.tools = tools;
        this.streams = streams;
        this.inFlight = inFlight;
        this.cancellations = cancellations;
    }

    @Override
    public String era() {
        return "legacy";
    }

    @Override
    public boolean isModern() {
        return false;
    }

    /** An upstream of this era judges its revisions itself. */
    @Override
    public void check(Turn turn) {
        RemoteTools remote = turn.known().located().server().remoteTools();
        if (remote != null && remote.plan().upstream().era().isLegacy()) {
            return;
        }
        for (String version : turn.known().located().arrival().headers().getAll(Headers.VERSION)) {
            if (!Versions.LEGACY.contains(version.strip())) {
                throw new Fault(400, Fault.INVALID_REQUEST, "Unsupported MCP-Protocol-Version " + version.strip());
            }
        }
    }

    @Override
    public Reply.Json notCalled(Turn turn, String why) {
        return JsonRpc.reply(turn.message(), ToolResult.legacy(Outcome.failure(why)));
    }

    @Override
    public Uni<Reply> answer(Turn turn) {
        if (turn.message().kind() == Message.Kind.LISTEN) {
            return Uni.createFrom().item(listen(turn));
        }
        if (turn.message().kind() == Message.Kind.END) {
            throw Fault.notAllowed("GET, POST");
        }
        if (turn.message().kind() != Message.Kind.REQUEST) {
            return Uni.createFrom().item(cancellations.take(turn));
        }
        Published server = turn.known().located().server();
        return switch (turn.message().method()) {
            case Methods.INITIALIZE -> now(turn, server.card().initialization(Versions.agreed(turn.message())));
            case Methods.PING -> now(turn, EMPTY);
            case Methods.LIST_TOOLS -> now(turn, server.legacyTools(turn.known()).answer(turn.message()));
            case Methods.CALL_TOOL ->
                inFlight.track(turn, tools.call(turn, ToolResult::legacy));
            case Methods.LIST_PROMPTS -> now(turn, server.legacyPrompts().answer(turn.message()));
            case Methods.GET_PROMPT -> now(turn, Prompts.get(turn, ""));
            case Methods.COMPLETE -> now(turn, Prompts.complete(turn, ""));
            default -> throw Fault.methodNotFound(200, turn.message().method());
        };
    }

    /** There are no sessions, so every client hears of its server's lists. */
    private Reply listen(Turn turn) {
        Arrival arrival = turn.known().located().arrival();
        Acceptance.requireEvents(turn);
        boolean bookmarksFirst = Versions.LEGACY.get(0).equals(Headers.trimmed(arrival, Headers.VERSION));
        return streams.open(turn.known(), new LegacyNotices(bookmarksFirst), LegacyNotices.last(arrival));
    }

    private static Uni<Reply> now(Turn turn, byte[] result) {
        return Uni.createFrom().item(JsonRpc.reply(turn.message(), result));
    }
}
