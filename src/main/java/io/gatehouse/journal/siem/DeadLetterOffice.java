package io.gatehouse.journal.siem;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to what a destination has refused, and to a try whether it takes anything at all. */
@Singleton
public class DeadLetterOffice {

    private static final long NANOS_IN_A_MILLI = 1_000_000;

    private final DestinationStore store;
    private final DeadLetters letters;
    private final Protocols protocols;
    private final Vault vault;
    private final Audit audit;
    private final Clock clock;

    @Inject
    DeadLetterOffice(DestinationStore store, DeadLetters letters, Protocols protocols, Vault vault, Audit audit, Clock clock) {
        this.store = store;
        this.letters = letters;
        this.protocols = protocols;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What came of a test event.
     *
     * @param answer what the destination said, or null
     * @param error why it is not there, or null
     */
    public record Trial(boolean delivered, String eventId, String answer, String error, long durationMillis) {
    }

    /**
     * The newest first.
     *
     * @param before the id of the one that the page follows, or null
     */
    public Uni<List<DeadLetter>> list(Caller caller, long destination, Long before, int size) {
        Destinations.requireEditor(caller);
        return one(caller, destination)
                .chain(row -> letters.before(destination, before == null ? Long.MAX_VALUE : before, size));
    }

    /** How many are tried again. */
    public Uni<Integer> retry(Caller caller, long destination) {
        return decide(caller, destination, "dead_letters_retried", store::retry);
    }

    /** How many are gone. */
    public Uni<Integer> discard(Caller caller, long destination) {
        return decide(caller, destination, "dead_letters_discarded", store::discard);
    }

    private Uni<Integer> decide(Caller caller, long destination, String verb, Function<Long, Uni<Integer>> work) {
        Destinations.requireEditor(caller);
        return Panache.withTransaction(() -> store.lock(caller.workspaceId(), destination)
                .onItem().ifNull().failWith(Destinations::unknown)
                .chain(row -> work.apply(destination).call(count -> audit.note(caller,
                        Deed.of(Destinations.TYPE, verb, row.id, row.name, Map.of(), Map.of("dead_letters", count))))));
    }

    /** Sends one event now, past the cursor. */
    public Uni<Trial> test(Caller caller, long destination) {
        Destinations.requireEditor(caller);
        return one(caller, destination).chain(row -> {
            Credentials credentials = Credentials.open(vault, row.id, row.sealedCredentials);
            LogEvent event = LogEvent.of(LogEvent.AUDIT, Answers.object().put("id", UUID.randomUUID().toString())
                    .put("timestamp", clock.instant().toString()).put("type", "test").put("level", "info")
                    .put("message", "A test of the log destination " + row.name + ", asked for by " + caller.subject()));
            long began = System.nanoTime();
            return protocols.of(row.kind).deliver(Destinations.target(row), credentials, List.of(event))
                    .onFailure().recoverWithItem(failure -> Receipt.of(Fate.again(failure.getMessage()), null))
                    .map(receipt -> trial(event, receipt, credentials, (System.nanoTime() - began) / NANOS_IN_A_MILLI))
                    .call(trial -> Panache.withTransaction(() -> audit.note(caller, Deed.of(Destinations.TYPE, "tested", row.id,
                            row.name, Map.of(), Map.of("delivered", trial.delivered())))));
        });
    }

    private static Trial trial(LogEvent event, Receipt receipt, Credentials credentials, long millis) {
        Fate fate = receipt.of(0);
        return new Trial(fate.kind() == Fate.Kind.TAKEN, event.id(), receipt.answer(),
                fate.reason() == null ? null : credentials.hiddenIn(fate.reason()), millis);
    }

    private Uni<DestinationEntity> one(Caller caller, long id) {
        return Panache.withSession(() -> store.one(caller.workspaceId(), id)).onItem().ifNull()
                .failWith(Destinations::unknown);
    }
}
