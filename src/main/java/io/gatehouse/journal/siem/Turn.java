package io.gatehouse.journal.siem;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Brings a destination that is held up to date, batch by batch, until all is there or it fails. */
final class Turn {

    private final Cursors cursors;
    private final EventSource source;
    private final Protocol protocol;
    private final Backoff backoff;
    private final String holder;
    private final Duration lease;
    private final SiemMeters meters;
    private Claim claim;

    Turn(Cursors cursors, EventSource source, Protocol protocol, Backoff backoff, String holder, Duration lease,
            SiemMeters meters, Claim claim) {
        this.cursors = cursors;
        this.source = source;
        this.protocol = protocol;
        this.backoff = backoff;
        this.holder = holder;
        this.lease = lease;
        this.meters = meters;
        this.claim = claim;
    }

    Uni<Void> run() {
        return Multi.createBy().repeating().uni(this::step).whilst(goesOn -> goesOn).collect().last().replaceWithVoid();
    }

    /** Whether there may be more to do. */
    private Uni<Boolean> step() {
        return source.read(claim).chain(batch -> batch.events().isEmpty() ? pass(batch)
                : new Delivery(events -> protocol.deliver(claim.target(), claim.credentials(), events),
                        () -> cursors.keep(holder, claim, lease)).run(batch.events())
                        .chain(delivery -> delivery.isOver() ? Uni.createFrom().item(false) : settle(batch, delivery)));
    }

    /** Nothing of what there is concerns the destination. */
    private Uni<Boolean> pass(Batch batch) {
        return batch.end().equals(claim.progress()) && !(claim.isBehind() && batch.isLast())
                ? Uni.createFrom().item(!batch.isLast())
                : remember(batch, new Settlement(batch.end(), List.of(), Map.of(), false, 0, 0, null, null, null));
    }

    /** The cursor moves as far as there is no gap. */
    private Uni<Boolean> settle(Batch batch, Delivery delivery) {
        List<LogEvent> taken = new ArrayList<>();
        Map<LogEvent, String> refused = new LinkedHashMap<>();
        int settled = 0;
        for (LogEvent event : batch.events()) {
            Fate fate = delivery.of(event);
            if (fate == null) {
                break;
            }
            if (fate.kind() == Fate.Kind.TAKEN) {
                taken.add(event);
            } else {
                refused.put(event, claim.credentials().hiddenIn(fate.reason()));
            }
            settled++;
        }
        int left = batch.events().size() - settled;
        boolean isDone = left == 0;
        Instant pending = isDone ? batch.isLast() ? null : batch.events().get(settled - 1).at()
                : batch.events().get(settled).at();
        int failures = settled > 0 ? 0 : claim.failures();
        return remember(batch, new Settlement(batch.after(settled, claim.progress()), taken, refused,
                batch.isOfDeadLetters(), left, isDone ? 0 : failures + 1,
                isDone ? null : backoff.after(failures, delivery.retryAfter()), pending,
                isDone ? null : claim.credentials().hiddenIn(String.valueOf(delivery.fault()))));
    }

    private Uni<Boolean> remember(Batch batch, Settlement settlement) {
        return cursors.settle(holder, claim, settlement, lease).map(isHeld -> {
            if (isHeld) {
                meters.count(claim.destination(), settlement);
                claim = claim.at(settlement.progress(), settlement.pendingSince() != null);
            }
            return isHeld && settlement.fault() == null && !batch.isLast();
        });
    }
}
