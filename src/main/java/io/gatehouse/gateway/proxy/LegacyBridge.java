package io.gatehouse.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import io.gatehouse.engine.proxied.Interests;
import io.gatehouse.engine.proxied.Listening;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.cancel.Cancellations;
import io.gatehouse.gateway.cancel.InFlight;
import io.gatehouse.gateway.protocol.Acceptance;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.gateway.protocol.Versions;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Answers clients of the legacy era for an upstream of 2026-07-28, without sessions. */
@Singleton
class LegacyBridge {

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Interests EVERYTHING = new Interests(true, true, true, List.of());
    private static final Set<String> ASKED = Set.of("tools/list", "tools/call", "prompts/list", "prompts/get",
            "resources/list", "resources/templates/list", "resources/read", "completion/complete");

    private final Bridge bridge;
    private final Listening listening;
    private final InFlight inFlight;
    private final Cancellations cancellations;

    @Inject
    LegacyBridge(Bridge bridge, Listening listening, InFlight inFlight, Cancellations cancellations) {
        this.bridge = bridge;
        this.listening = listening;
        this.inFlight = inFlight;
        this.cancellations = cancellations;
    }

    /** Fails with a {@link Fault} or a {@link Problem}. */
    Uni<Reply> answer(Turn turn) {
        return switch (turn.message().kind()) {
            case LISTEN -> listen(turn);
            case END -> throw Fault.notAllowed("GET, POST");
            case NOTIFICATION, RESPONSE -> Uni.createFrom().item(cancellations.take(turn));
            case REQUEST -> request(turn);
        };
    }

    private Uni<Reply> request(Turn turn) {
        String method = turn.message().method();
        if (method.equals(Methods.INITIALIZE)) {
            return Uni.createFrom().item(JsonRpc.reply(turn.message(),
                    Card.of(turn).initialization(Versions.agreed(turn.message()))));
        }
        if (method.equals(Methods.PING)) {
            return Uni.createFrom().item(JsonRpc.reply(turn.message(), EMPTY));
        }
        if (!ASKED.contains(method)) {
            throw Fault.methodNotFound(200, method);
        }
        return inFlight.track(turn, bridge.ask(turn, notification -> true,
                response -> LegacyAnswer.of(turn.message(), response), response -> 200));
    }

    private Uni<Reply> listen(Turn turn) {
        Acceptance.requireEvents(turn);
        Interests interests = EVERYTHING.within(Card.of(turn).capabilities());
        return listening.begin(turn.known().located().server().remoteTools().plan().upstream(), interests)
                .onFailure(Problem.class).transform(failure -> Failures.relayed(turn, failure))
                .map(heard -> MessageStreams.resting(heard.notifications(), Buffer.buffer()));
    }
}
