package io.gatehouse.gateway.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Reply.Stream.Span;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** All streams that this replica has open, which are bounded per server and per caller and end before the replica does. */
@Singleton
public class OpenStreams {

    private static final int LATE = 1_504;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final int mostPerServer;
    private final int mostPerCaller;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Set<Pour> resting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean ending;

    @Inject
    OpenStreams(MeterRegistry registry,
            @ConfigProperty(name = "gatehouse.gateway.max-streams-per-server", defaultValue = "10000") int mostPerServer,
            @ConfigProperty(name = "gatehouse.gateway.max-streams-per-caller", defaultValue = "1000") int mostPerCaller) {
        this.mostPerServer = mostPerServer;
        this.mostPerCaller = mostPerCaller;
        registry.gauge("gatehouse.mcp.streams", open);
    }

    /**
     * Counts the reply, if it is a stream, until it ends. One that is to be a stream is counted before it is asked for, which
     * may take as long as somebody listens. Fails with LIMITED when the server or the caller has enough of them.
     */
    public Uni<Reply> admit(Turn turn, Supplier<Uni<Reply>> answer) {
        return Uni.createFrom().deferred(() -> turn.message().isListening()
                ? reserved(turn, enter(turn), answer)
                : answer.get().map(reply -> admit(turn, reply)));
    }

    private static Uni<Reply> reserved(Turn turn, Place place, Supplier<Uni<Reply>> answer) {
        return Uni.createFrom().deferred(() -> answer.get()).map(reply -> {
            if (reply instanceof Reply.Stream stream) {
                return counted(turn, place, stream);
            }
            place.leave();
            return reply;
        }).onFailure().invoke(place::leave).onCancellation().invoke(place::leave);
    }

    /** @throws Problem LIMITED when the server or the caller has enough of them */
    Reply admit(Turn turn, Reply reply) {
        if (!(reply instanceof Reply.Stream stream)) {
            return reply;
        }
        try {
            return counted(turn, enter(turn), stream);
        } catch (Problem refused) {
            stream.drop();
            throw refused;
        }
    }

    private static Reply.Stream counted(Turn turn, Place place, Reply.Stream stream) {
        Reply.Stream counted = stream.with(stream.parts().onTermination().invoke(place::leave));
        return counted.span() == Span.REST ? counted : counted.saying(late(turn));
    }

    private Place enter(Turn turn) {
        String server = turn.known().located().server().plan().handle();
        String caller = server + ' ' + turn.known().caller().subject();
        if (!enter(server, mostPerServer)) {
            throw Problem.limited("This MCP server has " + mostPerServer + " streams open already", RETRY);
        }
        if (!enter(caller, mostPerCaller)) {
            leave(server);
            throw Problem.limited("You have " + mostPerCaller + " streams to this MCP server open already", RETRY);
        }
        open.incrementAndGet();
        return new Place(server, caller);
    }

    /** Of one stream. */
    private final class Place {

        private final String server;
        private final String caller;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(String server, String caller) {
            this.server = server;
            this.caller = caller;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                open.decrementAndGet();
                OpenStreams.this.leave(server);
                OpenStreams.this.leave(caller);
            }
        }
    }

    private static Buffer late(Turn turn) {
        return Events.message(JsonRpc.error(turn.message().id(), LATE, "The answer took longer than a stream may last",
                null).toString());
    }

    private boolean enter(String whose, int most) {
        if (counts.merge(whose, 1, Integer::sum) <= most) {
            return true;
        }
        leave(whose);
        return false;
    }

    private void leave(String whose) {
        counts.computeIfPresent(whose, (key, count) -> count == 1 ? null : count - 1);
    }

    void opened(Pour pour) {
        resting.add(pour);
        if (ending) {
            pour.stop();
        }
    }

    void closed(Pour pour) {
        resting.remove(pour);
    }

    /** Says farewell on every stream that would not end by itself, so that its client finds another replica. */
    void end(@Observes ShutdownDelayInitiatedEvent stop) {
        ending = true;
        resting.forEach(Pour::stop);
    }
}
