package io.gatehouse.gateway.stage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.Observation;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.gateway.stage.Entries.Mark;
import io.gatehouse.journal.activity.Entry;
import io.gatehouse.journal.activity.Recorder;
import io.gatehouse.journal.activity.Status;
import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Notes what became of each request: an entry in the activity log of its server, a metric by era, method and outcome, and a
 * log line for what failed.
 */
@Singleton
public class Record {

    private static final Logger LOG = Logger.getLogger(Record.class);
    private static final byte[] NOTHING = {};
    private static final int UNAVAILABLE = 503;

    private final Recorder recorder;
    private final Entries entries;
    private final MeterRegistry registry;
    private final int mostCaptured;
    private final Map<Label, Timer> timers = new ConcurrentHashMap<>();

    @Inject
    Record(Recorder recorder, Entries entries, MeterRegistry registry,
            @ConfigProperty(name = "gatehouse.activity.max-captured", defaultValue = "16K") MemorySize mostCaptured) {
        this.recorder = recorder;
        this.entries = entries;
        this.registry = registry;
        this.mostCaptured = (int) mostCaptured.asLongValue();
    }

    private record Label(String era, String method, String outcome) {
    }

    /** @throws Problem UNAVAILABLE for a request that could not be recorded */
    public void check(Located located) {
        if (recorder.isClosed()) {
            located.arrival().observation().refuse(Recorder.RULE);
            throw Problem.unavailable("Calls can't be recorded now, so none is carried out", null);
        }
    }

    /**
     * What may be sent now. A stream that must be recorded before its first part is recorded as open, and again when it
     * ends. Fails with UNAVAILABLE for an answer that can't be recorded.
     */
    public Uni<Reply> note(Arrival arrival, Reply reply) {
        if (reply instanceof Reply.Stream stream) {
            return begin(arrival, stream);
        }
        finished(arrival, reply);
        if (!isRecorded(arrival)) {
            return Uni.createFrom().item(reply);
        }
        Mark mark = entries.mark();
        Buffer body = reply instanceof Reply.Json json ? json.body() : Buffer.buffer();
        byte[] beginning = Captured.beginning(body, mostCaptured);
        Entry entry = Entries.of(arrival, mark, null, false, reply.status(), beginning, body.length());
        if (!recorder.isBeforeReply()) {
            recorder.note(entry);
            return Uni.createFrom().item(reply);
        }
        return recorder.record(entry).onFailure().invoke(failure -> withheld(arrival, mark, beginning, body.length()))
                .replaceWith(reply);
    }

    /** The entry is committed all the same, later. It must not say then that the client got what it did not get. */
    private void withheld(Arrival arrival, Mark mark, byte[] beginning, long bytes) {
        if (arrival.observation().rule() == null) {
            recorder.note(Entries.of(arrival, mark, Status.WITHHELD, true, UNAVAILABLE, beginning, bytes));
        }
    }

    private boolean isRecorded(Arrival arrival) {
        return recorder.isOn() && arrival.observation().located() != null;
    }

    private Uni<Reply> begin(Arrival arrival, Reply.Stream stream) {
        if (!isRecorded(arrival)) {
            return Uni.createFrom().item(stream.with(stream.parts().onCompletion().invoke(() -> finished(arrival, stream))
                    .onFailure().invoke(failure -> note(arrival, "broken"))
                    .onCancellation().invoke(() -> note(arrival, "abandoned"))));
        }
        Mark mark = entries.mark();
        Captured captured = new Captured(stream, mostCaptured);
        if (!recorder.isBeforeReply()) {
            return Uni.createFrom().item(watched(new Watched(arrival, stream, mark, captured, Uni.createFrom().voidItem())));
        }
        Entry open = Entries.of(arrival, mark, Status.OPEN, false, stream.status(), NOTHING, 0);
        Uni<Void> opened = recorder.record(open).memoize().indefinitely();
        Reply.Stream watched = watched(new Watched(arrival, stream, mark, captured, opened));
        return opened.onFailure().invoke(stream::drop).onFailure().invoke(failure -> withheld(arrival, mark, NOTHING, 0))
                .onCancellation().invoke(watched::leave).replaceWith(watched);
    }

    /**
     * A stream that is recorded when it ends.
     *
     * @param opened when the log says that it is open: in one commit with its end, that would not be replaced
     */
    private record Watched(Arrival arrival, Reply.Stream stream, Mark mark, Captured captured, Uni<Void> opened,
            AtomicBoolean ended) {

        Watched(Arrival arrival, Reply.Stream stream, Mark mark, Captured captured, Uni<Void> opened) {
            this(arrival, stream, mark, captured, opened, new AtomicBoolean());
        }
    }

    private Reply.Stream watched(Watched watched) {
        Reply.Stream stream = watched.stream();
        return stream.with(stream.parts().invoke(watched.captured()::add)
                .onCompletion().invoke(() -> {
                    finished(watched.arrival(), stream);
                    end(watched, null);
                })
                .onFailure().invoke(failure -> {
                    note(watched.arrival(), "broken");
                    end(watched, Status.FAILED);
                })
                .onCancellation().invoke(() -> {
                    note(watched.arrival(), "abandoned");
                    end(watched, stream.span() == Reply.Stream.Span.REST ? Status.SUCCESS : Status.ABANDONED);
                }));
    }

    private void end(Watched watched, Status outcome) {
        if (watched.ended().compareAndSet(false, true)) {
            Entry entry = Entries.of(watched.arrival(), watched.mark(), outcome, recorder.isBeforeReply(),
                    watched.stream().status(), watched.captured().text(), watched.captured().bytes());
            watched.opened().subscribe().with(there -> recorder.note(entry),
                    failure -> LOG.debugf("The end of a call is not recorded: %s", failure));
        }
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
        if (isRecorded(arrival)) {
            recorder.note(Entries.of(arrival, entries.mark(), Status.ABANDONED, false, 0, NOTHING, 0));
        }
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
