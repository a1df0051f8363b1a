package io.gatehouse.engine.proxied;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.telemetry.Leg;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Asks upstreams in their own era, whatever the agent's. The legacy ones are asked in one session per upstream and
 * replica, which offers no capability: so nothing can be asked back, and nobody's session is another's.
 */
@Singleton
public class Conversations {

    private static final Logger LOG = Logger.getLogger(Conversations.class);
    private static final int MOST_SESSIONS = 10_000;
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(3);

    private final Upstreams upstreams;
    private final long mostBytes;
    private final Sessions sessions;

    @Inject
    Conversations(Upstreams upstreams, Changes changes,
            @ConfigProperty(name = "gatehouse.outbound.max-response-size", defaultValue = "10M") MemorySize mostBytes) {
        this.upstreams = upstreams;
        this.mostBytes = mostBytes.asLongValue();
        this.sessions = new Sessions(MOST_SESSIONS, System::nanoTime, upstream -> talk(upstream).initialize(), this::end);
        changes.listen(sessions::changed);
    }

    /** The upstream may be another by now, or gone, so its calls do not count as failed where this does. */
    private Uni<Void> end(Upstream upstream, LegacySession session) {
        return new Talk(request -> upstreams.send(upstream.url(), upstream.connectionId(), LONGEST_FAREWELL, request)
                .map(answer -> new UpstreamAnswer(answer, false, () -> {
                })), mostBytes).end(session);
    }

    /** Before the replica stops, for as long as upstreams let it. */
    void stop(@Observes ShutdownEvent stop) {
        try {
            sessions.endAll().subscribeAsCompletionStage().get(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Some sessions with upstreams were not ended", e);
        }
    }

    /**
     * The notifications that belong to the request, then its response, whose {@code id} is not the agent's; with that it
     * ends. Fails with a {@link io.gatehouse.kernel.Problem}. Cancelling stops the upstream too.
     */
    public Multi<ObjectNode> ask(Upstream upstream, Question question) {
        return question.trail().isTraced() ? traced(upstream, question) : asked(upstream, question);
    }

    private Multi<ObjectNode> traced(Upstream upstream, Question question) {
        return Multi.createFrom().deferred(() -> {
            Leg leg = Leg.toMcp(question.trail(), question.method(), question.tool(), upstream.url());
            return asked(upstream, question.with(leg.trail())).invoke(message -> {
                if (!message.has("method")) {
                    leg.end(Messages.error(message));
                }
            }).onFailure().invoke(leg::failed).onCancellation().invoke(leg::cancelled);
        });
    }

    private Multi<ObjectNode> asked(Upstream upstream, Question question) {
        return answer(upstream, question).invoke(message -> {
            if (Messages.isOfAnotherEra(message)) {
                upstreams.doubt(upstream);
            }
        }).onFailure(Conversations::isStrange).invoke(failure -> upstreams.doubt(upstream));
    }

    private Multi<ObjectNode> answer(Upstream upstream, Question question) {
        if (upstream.era().isModern()) {
            return talk(upstream).modern(question);
        }
        return inSession(upstream, question)
                .onFailure(Talk.SessionGone.class).recoverWithMulti(() -> inSession(upstream, question))
                .onFailure(Talk.SessionGone.class).recoverWithMulti(gone -> ((Talk.SessionGone) gone).answer());
    }

    private static boolean isStrange(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.UPSTREAM
                && !problem.code().equals("upstream_failed");
    }

    private Talk talk(Upstream upstream) {
        return new Talk(request -> upstreams.open(upstream, request), mostBytes);
    }

    private Multi<ObjectNode> inSession(Upstream upstream, Question question) {
        return sessions.use(upstream, session -> talk(upstream).inOldSession(session, question));
    }
}
