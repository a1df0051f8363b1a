package io.gatehouse.gateway.stage;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Observation;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.gateway.protocol.MessageReader;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Turns every failure into an answer: refusals by an HTTP status with a JSON-RPC error that echoes the request's id. The
 * codes of our own stand outside the range that JSON-RPC reserves: 1000 and the status.
 */
@Singleton
public class Rescue {

    private static final Logger LOG = Logger.getLogger(Rescue.class);
    private static final Set<Problem.Kind> RULES = Set.of(Problem.Kind.UNAUTHENTICATED, Problem.Kind.FORBIDDEN,
            Problem.Kind.LIMITED);
    private static final int SMALL_BODY = 64 * 1024;
    private static final int OWN_CODES = 1_000;
    private static final int INTERNAL_ERROR = -32_603;
    private static final long SECOND = 1_000_000_000L;

    private final MessageReader reader;
    /** Of what is unavailable, which may be every request. */
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
    private final LongAdder untold = new LongAdder();

    @Inject
    Rescue(MessageReader reader) {
        this.reader = reader;
    }

    /** Of a request that is refused before its message is read, only a small body is read for the id. */
    public Uni<Reply> reply(Arrival arrival, Throwable failure) {
        return arrival.observation().id() != null
                ? Uni.createFrom().item(reply(arrival, arrival.observation().id(), failure))
                : arrival.body().read(SMALL_BODY).map(reader::idOf)
                        .onFailure().recoverWithNull()
                        .map(id -> reply(arrival, id, failure));
    }

    private Reply reply(Arrival arrival, JsonNode id, Throwable failure) {
        noteRule(arrival.observation(), failure);
        if (failure instanceof Fault fault) {
            return new Reply.Json(fault.status(), fault.headers(),
                    JsonRpc.error(id, fault.code(), fault.getMessage(), fault.data()));
        }
        if (failure instanceof Problem problem) {
            int status = status(problem.kind());
            tell(problem);
            return new Reply.Json(status, headers(problem),
                    JsonRpc.error(id, OWN_CODES + status, problem.getMessage(), null));
        }
        LOG.errorf(failure, "A request to server %s failed", arrival.handle());
        return new Reply.Json(500, JsonRpc.error(id, INTERNAL_ERROR, "Internal error", null));
    }

    private void tell(Problem problem) {
        if (problem.getCause() == null) {
            return;
        }
        if (problem.kind() != Problem.Kind.UNAVAILABLE) {
            LOG.warnf("%s: %s", problem.getMessage(), problem.getCause());
            return;
        }
        long now = System.nanoTime();
        long quiet = quietUntil.get();
        if (now - quiet >= 0 && quietUntil.compareAndSet(quiet, now + SECOND)) {
            LOG.warnf("%s: %s; so or alike before: %d requests", problem.getMessage(), problem.getCause(),
                    untold.sumThenReset());
        } else {
            untold.increment();
        }
    }

    /** Where no rule gave its own name, what kind it is tells. */
    private static void noteRule(Observation observation, Throwable failure) {
        if (observation.rule() != null) {
            return;
        }
        if (failure instanceof Problem problem && RULES.contains(problem.kind())) {
            observation.refuse(problem.code());
        } else if (failure instanceof Fault fault && (fault.status() == 401 || fault.status() == 403)) {
            observation.refuse(fault.status() == 401 ? "unauthorized" : "insufficient_scope");
        }
    }

    private static int status(Problem.Kind kind) {
        return switch (kind) {
            case MALFORMED, INVALID, CONFLICT, STALE -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case TOO_LARGE -> 413;
            case LIMITED -> 429;
            case UPSTREAM -> 502;
            case UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
    }

    private static Map<String, String> headers(Problem problem) {
        return problem.retryAfter() == null
                ? Map.of()
                : Map.of("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
    }
}
