package io.gatehouse.engine.proxied;

import java.util.Set;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.changes.Kept;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Asks upstreams in their own era, whatever the agent's. The legacy ones are asked in one session per upstream and
 * replica, which offers no capability: so nothing can be asked back, and nobody's session is another's.
 */
@Singleton
public class Conversations {

    private static final int MOST_SESSIONS = 10_000;

    private final Upstreams upstreams;
    private final long mostBytes;
    private final Kept<Upstream, Open> sessions;

    @Inject
    Conversations(Upstreams upstreams, Changes changes,
            @ConfigProperty(name = "gatehouse.outbound.max-response-size", defaultValue = "10M") MemorySize mostBytes) {
        this.upstreams = upstreams;
        this.mostBytes = mostBytes.asLongValue();
        this.sessions = new Kept<>(changes, MOST_SESSIONS, open -> 1, open -> Set.of(Upstream.topic(open.upstreamId())),
                upstream -> talk(upstream).initialize().map(session -> new Open(upstream.id(), session)));
    }

    private record Open(long upstreamId, LegacySession session) {
    }

    /**
     * The notifications that belong to the request, then its response, whose {@code id} is not the agent's; with that it
     * ends. Fails with a {@link io.gatehouse.kernel.Problem}. Cancelling stops the upstream too.
     */
    public Multi<ObjectNode> ask(Upstream upstream, Question question) {
        if (upstream.era().isModern()) {
            return talk(upstream).modern(question);
        }
        return inSession(upstream, question)
                .onFailure(Talk.SessionGone.class).recoverWithMulti(() -> inSession(upstream, question))
                .onFailure(Talk.SessionGone.class).transform(gone -> Messages.refusal(404));
    }

    private Talk talk(Upstream upstream) {
        return new Talk(request -> upstreams.open(upstream, request), mostBytes);
    }

    private Multi<ObjectNode> inSession(Upstream upstream, Question question) {
        return sessions.get(upstream).onItem().transformToMulti(open -> talk(upstream).legacy(open.session(), question)
                .onFailure(Talk.SessionGone.class).invoke(gone -> sessions.forget(upstream, open)));
    }
}
