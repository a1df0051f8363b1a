package io.gatehouse.gateway.cancel;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.plan.BoundedNumbers;
import io.gatehouse.platform.changes.Changes;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Carries the wish to cancel a request to the replica that has it. Every replica hears the wish; those that have such a
 * request say so; and where exactly one was named, whoever has it cancels it. So a client whose request is answered already,
 * or who shares its key with another, never ends that other's work.
 */
@Singleton
public class Cancellations {

    private static final String WISH = "cancel";
    private static final String HERE = "in-flight";
    private static final Duration TO_ANSWER = Duration.ofMillis(100);
    /** The database may stand still for some seconds; a request that is answered meanwhile is cancelled no more. */
    private static final int MOST_ROUNDS = 100;
    private static final int LONGEST_ID = 200;
    private static final JsonMapper JSON = BoundedNumbers.strictMapper();

    private final InFlight inFlight;
    private final Changes changes;
    private final Vertx vertx;
    private final Pace pace = new Pace(System::nanoTime);
    private final Map<String, AtomicInteger> named = new ConcurrentHashMap<>();

    @Inject
    Cancellations(InFlight inFlight, Changes changes, Vertx vertx) {
        this.inFlight = inFlight;
        this.changes = changes;
        this.vertx = vertx;
        changes.hear(WISH, this::heard);
        changes.hear(HERE, name -> named.getOrDefault(name, new AtomicInteger()).incrementAndGet());
    }

    /** Takes a message that wants no answer. A cancellation that names no request, or is one too many, is not heeded. */
    public Reply take(Turn turn) {
        JsonNode id = turn.message().params().path("requestId");
        if (Methods.CANCELLED.equals(turn.message().method())
                && (id.isTextual() || id.isIntegralNumber()) && id.asText().length() <= LONGEST_ID
                && pace.allows(turn.known().caller().subject())) {
            changes.tell(WISH, UUID.randomUUID() + " " + FlightKey.of(turn.known(), id).write());
        }
        return Reply.Empty.ACCEPTED;
    }

    private void heard(String message) {
        int space = message.indexOf(' ');
        String name = message.substring(0, space);
        FlightKey key = read(message.substring(space + 1));
        List<Flight> mine = inFlight.named(key);
        if (!mine.isEmpty()) {
            named.put(name, new AtomicInteger());
            mine.forEach(flight -> changes.tell(HERE, name));
            vertx.setTimer(TO_ANSWER.toMillis(), id -> decide(name, mine.get(0), MOST_ROUNDS));
        }
    }

    /** Not before this replica has heard itself: so it has surely heard those who spoke before. */
    private void decide(String name, Flight flight, int rounds) {
        int count = named.get(name).get();
        if (count == 0 && rounds > 0) {
            vertx.setTimer(TO_ANSWER.toMillis(), id -> decide(name, flight, rounds - 1));
            return;
        }
        named.remove(name);
        if (count == 1) {
            flight.cancel();
        }
    }

    private static FlightKey read(String key) {
        try {
            return FlightKey.read(JSON.readTree(key));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A replica wrote what is no JSON", e);
        }
    }
}
