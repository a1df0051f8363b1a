package io.gatehouse.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.gatehouse.packaged.Replica;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Request;

/**
 * How soon clients that listen to one replica hear of a change that was made on another; the promise is a second.
 * {@code ./mvnw verify -Pbench -Dit.test=ChangesBench} runs it.
 */
class ChangesBench {

    private static final int WARM_UP = 20;
    private static final int MEASURED = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PROMISED_MILLIS = 1_000;

    private final List<Double> sinceRequest = new ArrayList<>();
    private final List<Double> sinceAnswer = new ArrayList<>();

    @Test
    void timesChangesFromOneReplicaToAnother() throws Exception {
        try (Gatehouse gatehouse = new Gatehouse();
                Replica other = gatehouse.installation().another(Map.of());
                BareProcess upstream = new BareProcess(Upstream.class)) {
            URI server = gatehouse.composed(upstream.port());
            Agent agent = new Agent(gatehouse.installation().url() + server.getPath(), Gatehouse.token(server));
            String tools = "/api/mcp/mcp_servers/" + server.getPath().substring("/mcp/".length()) + "/tools";
            Request tool = gatehouse.installation().request("PUT",
                    tools + "/" + gatehouse.installation().get(tools).json().at("/items/0/id").asText());
            try (EventStream legacy = agent.listen();
                    EventStream modern = agent.open(agent.modern(1, "subscriptions/listen",
                            Map.of("notifications", Map.of("toolsListChanged", true))))) {
                assertEquals("", legacy.next().data());
                assertEquals("notifications/subscriptions/acknowledged", modern.nextMethod());
                Wire wire = new Wire(other.url());
                for (int i = 0; i < WARM_UP + MEASURED; i++) {
                    change(wire, tool.json(Map.of("description", "Change " + i)), List.of(legacy, modern));
                }
            }
        }
        report();
    }

    private void change(Wire wire, Request change, List<EventStream> streams) {
        long begin = System.nanoTime();
        CompletableFuture<Long> answered = wire.sendAsync(change).thenApply(answer -> {
            assertEquals(200, answer.status(), answer::text);
            return System.nanoTime();
        });
        for (EventStream stream : streams) {
            assertEquals("notifications/tools/list_changed", stream.nextMethod());
        }
        long heard = System.nanoTime();
        sinceRequest.add((heard - begin) / NANOS_PER_MILLI);
        sinceAnswer.add((heard - answered.join()) / NANOS_PER_MILLI);
    }

    /** Less than nothing where the streams were sooner than the answer. */
    private void report() throws IOException {
        List<Double> request = sinceRequest.subList(WARM_UP, WARM_UP + MEASURED);
        List<Double> answer = sinceAnswer.subList(WARM_UP, WARM_UP + MEASURED);
        Report report = new Report(Path.of("target/bench-changes.md"));
        report.print("%n| heard on both streams | median ms | maximum ms |%n|---|---:|---:|%n");
        report.print("| after the request | %.1f | %.1f |%n", Measured.median(request), Collections.max(request));
        report.print("| after its answer | %.1f | %.1f |%n", Measured.median(answer), Collections.max(answer));
        report.print("%n- within a second: %s%n", Report.word(Collections.max(request) <= PROMISED_MILLIS));
    }
}
