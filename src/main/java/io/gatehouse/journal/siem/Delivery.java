package io.gatehouse.journal.siem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

/**
 * Sends a batch until it is known of each event what came of it, or the destination can't take more now. A batch that is
 * refused is halved until those are found that are at fault.
 */
final class Delivery {

    private static final Duration SHORT_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_SHORT_WAIT = Duration.ofSeconds(5);

    private final Function<List<LogEvent>, Uni<Receipt>> send;
    private final Supplier<Uni<Boolean>> mayGoOn;
    private final Map<String, Fate> fates = new HashMap<>();
    private String fault;
    private Duration retryAfter;
    private boolean began;
    private boolean isOver;

    /** @param mayGoOn asked between two requests; whether the destination is still held */
    Delivery(Function<List<LogEvent>, Uni<Receipt>> send, Supplier<Uni<Boolean>> mayGoOn) {
        this.send = send;
        this.mayGoOn = mayGoOn;
    }

    Uni<Delivery> run(List<LogEvent> events) {
        return attempt(events).replaceWith(this);
    }

    /** Null where it is not known yet. */
    Fate of(LogEvent event) {
        return fates.get(event.id());
    }

    /** Why it ended before the whole batch was through; null where it did not. */
    String fault() {
        return fault;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the destination is not held any longer. */
    boolean isOver() {
        return isOver;
    }

    private Uni<Boolean> attempt(List<LogEvent> events) {
        Uni<Boolean> held = began ? mayGoOn.get() : Uni.createFrom().item(true);
        began = true;
        return held.chain(goesOn -> {
            isOver = !goesOn;
            return isOver ? Uni.createFrom().item(false)
                    : send.apply(events)
                            .onFailure().recoverWithItem(failure -> Receipt.of(Fate.again(failure.getMessage()), null))
                            .chain(receipt -> note(events, receipt));
        });
    }

    private Uni<Boolean> note(List<LogEvent> events, Receipt receipt) {
        boolean isRefused = receipt.whole() != null && receipt.whole().kind() == Fate.Kind.REFUSED;
        if (isRefused && events.size() > 1) {
            int half = events.size() / 2;
            return attempt(events.subList(0, half)).chain(
                    goesOn -> goesOn ? attempt(events.subList(half, events.size())) : Uni.createFrom().item(false));
        }
        List<LogEvent> again = new ArrayList<>();
        String why = null;
        for (int i = 0; i < events.size(); i++) {
            Fate fate = receipt.of(i);
            if (fate.kind() == Fate.Kind.AGAIN) {
                again.add(events.get(i));
                why = fate.reason();
            } else {
                fates.put(events.get(i).id(), fate);
            }
        }
        return again.isEmpty() ? Uni.createFrom().item(true)
                : again.size() < events.size() ? later(again, receipt.retryAfter()) : stop(why, receipt.retryAfter());
    }

    /** It took some, so it will take more in a moment. */
    private Uni<Boolean> later(List<LogEvent> again, Duration wait) {
        Duration pause = wait == null || wait.isNegative() ? SHORT_WAIT
                : wait.compareTo(LONGEST_SHORT_WAIT) > 0 ? LONGEST_SHORT_WAIT : wait.plusMillis(1);
        return Uni.createFrom().item(again).onItem().delayIt().by(pause).chain(this::attempt);
    }

    private Uni<Boolean> stop(String why, Duration wait) {
        fault = why;
        retryAfter = wait;
        return Uni.createFrom().item(false);
    }
}
