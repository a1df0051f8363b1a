package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.plan.Upstream;
import io.smallrye.mutiny.Uni;
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
        Upstream.Era era = turn.known().located().server().remoteTools().plan().upstream().era();
        if (turn.edge().isModern()) {
            return era.isModern() ? relay.answer(turn) : fromModern.answer(turn);
        }
        return era.isLegacy() ? relay.answer(turn) : fromLegacy.answer(turn);
    }
}
