package io.gatehouse.gateway.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Reply.Stream.Span;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
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
    private volatile boolean ending;

    @Inject
    OpenStreams(MeterRegistry registry,
            @ConfigProperty(name = "gatehouse.gateway.max-streams-per-server", defaultValue = "10000") int mostPerServer,
            @ConfigProperty(name = "gatehouse.gateway.max-streams-per-caller", defaultValue = "1000") int mostPerCaller) {
        this.mostPerServer = mostPerServer;
        this.mostPerCaller = mostPerCaller;
        registry.gaugeMapSize("gatehouse.mcp.streams", List.of(), counts);
    }

    /**
     * Counts the reply, if it is a stream, until it ends.
     *
     * @throws Problem LIMITED when the server or the caller has enough of them
     */
    public Reply admit(Turn turn, Reply reply) {
        if (!(reply instanceof Reply.Stream stream)) {
            return reply;
        }
        String server = turn.known().located().server().plan().handle();
        String caller = server + ' ' + turn.known().caller().subject();
        if (!enter(server, mostPerServer)) {
            throw refused(stream, "This MCP server has " + mostPerServer + " streams open already");
        }
        if (!enter(caller, mostPerCaller)) {
            leave(server);
            throw refused(stream, "You have " + mostPerCaller + " streams to this MCP server open already");
        }
        Reply.Stream counted = stream.with(stream.parts().onTermination().invoke(() -> {
            leave(server);
            leave(caller);
        }));
        return counted.span() == Span.REST ? counted : counted.saying(late(turn));
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

    private static Problem refused(Reply.Stream stream, String why) {
        stream.drop();
        return Problem.limited(why, RETRY);
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
