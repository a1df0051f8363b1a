package io.gatehouse.engine.proxied;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.gatehouse.engine.Outcome;
import io.gatehouse.engine.Progress;
import io.gatehouse.plan.ProxiedAction;
import io.gatehouse.plan.Upstream;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.platform.telemetry.Trail;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** One tool of an upstream, called for a server that has tools of others too. // G-16 */
@QuarkusTest
class ProxiedExecutorDbTest {

    private static final AtomicLong UPSTREAMS = new AtomicLong(1L << 40);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject
    ProxiedExecutor executor;
    @Inject
    Vertx vertx;

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private Context context;

    private Cancellable call(FakeUpstream upstream, Era era, Progress progress) throws Exception {
        ProxiedAction action = new ProxiedAction(new Upstream(UPSTREAMS.incrementAndGet(), "up", URI.create(upstream.url()),
                null, TIMEOUT, era, "{}"), "find", List.of());
        CompletableFuture<Cancellable> running = new CompletableFuture<>();
        context = vertx.getOrCreateContext();
        context.runOnContext(here -> running.complete(
                executor.execute(action, JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode(), progress,
                        Trail.NONE)
                        .subscribe()
                        .with(outcome::complete, outcome::completeExceptionally)));
        return running.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private static FakeUpstream upstream(Era era) {
        return new FakeUpstream(era).tools(tool("find", "Finds."));
    }

    private static void event(HttpServerResponse response, String json) {
        response.write("event: message\ndata: {\"jsonrpc\":\"2.0\"," + json + "}\n\n");
    }

    private static void report(HttpServerResponse response, JsonNode token, String rest) {
        event(response, "\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + token + "," + rest + "}");
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void reportsTheProgressOfThisCall(Era era) throws Exception {
        try (FakeUpstream upstream = upstream(era).raw("tools/call", (message, response) -> {
            JsonNode token = message.at("/params/_meta/progressToken");
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            report(response, token, "\"progress\":0.5,\"total\":2,\"message\":\"Looking\"");
            report(response, JsonNodeFactory.instance.textNode("another's"), "\"progress\":0.7");
            report(response, token, "\"progress\":\"much\"");
            report(response, token, "\"progress\":2");
            event(response, "\"id\":" + message.path("id") + ",\"result\":{\"content\":[],\"resultType\":\"complete\"}");
            response.end();
        })) {
            List<String> reports = Collections.synchronizedList(new ArrayList<>());
            call(upstream, era, (progress, total, message) -> reports.add(progress + " " + total + " " + message));

            assertEquals("{\"content\":[]}", outcome.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).whole().toString());
            assertEquals(List.of("0.5 2 Looking", "2 null null"), reports);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void asksForNoProgressThatNobodyWants(Era era) throws Exception {
        try (FakeUpstream upstream = upstream(era)) {
            call(upstream, era, null);

            assertEquals(false, outcome.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).isError());
            assertTrue(upstream.await("tools/call").body().at("/params/_meta/progressToken").isMissingNode());
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void stopsTheUpstreamWhenItIsCancelled(Era era) throws Exception {
        try (FakeUpstream upstream = upstream(era).raw("tools/call", (message, response) -> {
        })) {
            Cancellable running = call(upstream, era, null);
            JsonNode id = upstream.await("tools/call").body().path("id");

            context.runOnContext(here -> running.cancel());

            upstream.awaitGivenUp("tools/call");
            if (era == Era.LEGACY) {
                assertEquals(id, upstream.await("notifications/cancelled").body().at("/params/requestId"));
            }
        }
    }
}
