package io.gatehouse.gateway.stage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Observation;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.protocol.Methods;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Notes what became of each request: a metric by era, method and outcome, and a log line for what failed. */
@Singleton
public class Record {

    private static final Logger LOG = Logger.getLogger(Record.class);

    private final MeterRegistry registry;
    private final Map<Label, Timer> timers = new ConcurrentHashMap<>();

    @Inject
    Record(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Label(String era, String method, String outcome) {
    }

    /** A stream is noted when it ends. */
    public Reply note(Arrival arrival, Reply reply) {
        if (reply instanceof Reply.Stream stream) {
            return stream.with(stream.parts().onCompletion().invoke(() -> finished(arrival, reply))
                    .onFailure().invoke(failure -> note(arrival, "broken"))
                    .onCancellation().invoke(() -> abandoned(arrival)));
        }
        finished(arrival, reply);
        return reply;
    }

    private void finished(Arrival arrival, Reply reply) {
        Observation observation = arrival.observation();
        String outcome = reply.status() >= 400 ? Integer.toString(reply.status())
                : observation.hasFailedTool() ? "tool_error" : "ok";
        note(arrival, outcome);
        if (reply.status() >= 400) {
            LOG.infof("Refused with %d: server %s, %s, tool %s", reply.status(), arrival.handle(),
                    Methods.known(observation.method()), observation.tool());
        }
    }

    /** The client went away before the answer. */
    public void abandoned(Arrival arrival) {
        note(arrival, "abandoned");
    }

    private void note(Arrival arrival, String outcome) {
        Observation observation = arrival.observation();
        Label label = new Label(observation.era(), Methods.known(observation.method()), outcome);
        timers.computeIfAbsent(label, this::timer).record(observation.elapsed(), TimeUnit.NANOSECONDS);
    }

    private Timer timer(Label label) {
        return Timer.builder("gatehouse.mcp.requests").description("Requests to MCP servers")
                .tags("era", label.era(), "method", label.method(), "outcome", label.outcome())
                .publishPercentileHistogram().register(registry);
    }
}
