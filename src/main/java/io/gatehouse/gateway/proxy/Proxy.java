package io.gatehouse.gateway.proxy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.plan.Upstream;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Answers for servers that stand for a third-party one. */
@Singleton
public class Proxy {

    private final Relay relay;
    private final LegacyBridge fromLegacy;
    private final ModernBridge fromModern;
    private final Attendance attendance;

    @Inject
    Proxy(Relay relay, LegacyBridge fromLegacy, ModernBridge fromModern, Attendance attendance) {
        this.attendance = attendance;
        this.relay = relay;
        this.fromLegacy = fromLegacy;
        this.fromModern = fromModern;
    }

    /** Fails with a {@link io.gatehouse.gateway.protocol.Fault} or a {@link io.gatehouse.kernel.Problem}. */
    public Uni<Reply> answer(Turn turn) {
        return way(turn).map(reply -> attendance.attend(turn, reply));
    }

    private Uni<Reply> way(Turn turn) {
        if (Methods.LIST_TOOLS.equals(turn.message().method()) && !turn.known().mayChange()) {
            return Uni.createFrom().item(noTools(turn));
        }
        Upstream.Era era = turn.known().located().server().remoteTools().plan().upstream().era();
        if (turn.edge().isModern()) {
            return era.isModern() ? relay.answer(turn) : fromModern.answer(turn);
        }
        return era.isLegacy() ? relay.answer(turn) : fromLegacy.answer(turn);
    }

    /** Who may only look may call none: nothing is known of another server's tools but what it says itself. */
    private static Reply noTools(Turn turn) {
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        response.set("id", turn.message().id());
        response.putObject("result").putArray("tools");
        return new Reply.Json(200, Buffer.buffer(
                (turn.edge().isModern() ? ModernBridge.modern(response, true, Card.of(turn)) : response).toString()));
    }
}
