package io.gatehouse.upstreams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.proxied.Discoverer;
import io.gatehouse.engine.proxied.Discovery;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.Workers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Looks how an upstream is, for as long as one may wait for it. */
@Singleton
class Scout {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int LONGEST_NAME = 256;

    private final Discoverer discoverer;
    private final Vertx vertx;
    private final Clock clock;

    @Inject
    Scout(Discoverer discoverer, Vertx vertx, Clock clock) {
        this.discoverer = discoverer;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Fails as {@link Discoverer} does; goes on where it was asked. */
    Uni<Sighting> look(Target target) {
        Context here = vertx.getOrCreateContext();
        Instant asOf = clock.instant();
        Duration timeout = target.timeout().compareTo(LONGEST_ANSWER) < 0 ? target.timeout() : LONGEST_ANSWER;
        return discoverer.discover(target.url(), target.connectionId(), timeout)
                .ifNoItem().after(LONGEST).failWith(() -> Problem.timeout("The MCP server took longer than "
                        + LONGEST.toSeconds() + " s to list its tools"))
                .chain(found -> Workers.run(vertx, () -> sighting(asOf, found)))
                .emitOn(work -> here.runOnContext(ignored -> work.run()));
    }

    private static Sighting sighting(Instant asOf, Discovery found) {
        Map<String, SeenTool> tools = new LinkedHashMap<>();
        int odd = 0;
        for (ObjectNode tool : found.tools()) {
            String name = tool.path("name").asText();
            if (isName(name) && !tools.containsKey(name)) {
                tools.put(name, SeenTool.of(name, tool));
            } else {
                odd++;
            }
        }
        String oddity = odd == 0 ? null
                : odd + (odd == 1 ? " tool has a name that" : " tools have names that")
                        + " can't be told apart or is no name, and can't be served";
        return new Sighting(asOf, found.era(), WholeText.of(found.card()), List.copyOf(tools.values()), oddity);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && name.codePoints().noneMatch(c -> c < ' '
                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
