package io.gatehouse.journal.activity;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.journal.activity.Backlog.Waiting;
import io.gatehouse.journal.masking.Masks;
import io.gatehouse.platform.Role;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Takes entries, and sees to it that they are committed as durably as the deployment wants. */
@Singleton
public class Recorder {

    /** The rule that refuses calls which could not be recorded. */
    public static final String RULE = "activity_log";

    /** Of the database, to one statement. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    /** What becomes of calls whose entries find no room; the values of {@code gatehouse.activity.when-full}. */
    public enum WhenFull {
        /** They are not carried out. */
        REFUSE,
        /** They are, and the log tells later how many are missing. */
        DROP
    }

    private final Durability durability;
    private final WhenFull whenFull;
    private final Backlog backlog;
    private final Gaps gaps = new Gaps();
    private final Counter dropped;
    private final Counter recorded;
    private final ThreadLocal<EntryWriter> writers;
    private final Scribe scribe;
    private final Thread thread;

    @Inject
    Recorder(Masks masks, AgroalDataSource database, MeterRegistry registry, Clock clock,
            @ConfigProperty(name = "gatehouse.activity.log", defaultValue = "before-reply") Durability durability,
            @ConfigProperty(name = "gatehouse.activity.when-full", defaultValue = "refuse") WhenFull whenFull,
            @ConfigProperty(name = "gatehouse.activity.max-input", defaultValue = "8K") MemorySize maxInput,
            @ConfigProperty(name = "gatehouse.activity.max-output", defaultValue = "8K") MemorySize maxOutput,
            @ConfigProperty(name = "gatehouse.activity.max-backlog", defaultValue = "64M") MemorySize maxBacklog,
            @ConfigProperty(name = "gatehouse.activity.delay", defaultValue = "100ms") Duration delay,
            @ConfigProperty(name = "gatehouse.activity.commit-timeout", defaultValue = "5s") Duration patience,
            @ConfigProperty(name = "gatehouse.replica-name") Optional<String> name,
            @ConfigProperty(name = "HOSTNAME") Optional<String> host) {
        this.durability = durability;
        this.whenFull = whenFull;
        this.backlog = new Backlog(maxBacklog.asLongValue());
        this.dropped = registry.counter("gatehouse.activity.dropped");
        this.recorded = registry.counter("gatehouse.activity.entries");
        registry.gauge("gatehouse.activity.backlog.entries", backlog, Backlog::size);
        registry.gauge("gatehouse.activity.backlog.bytes", backlog, Backlog::bytes);
        Timer commits = Timer.builder("gatehouse.activity.commit").description("Commits of entries of the activity log")
                .publishPercentileHistogram().register(registry);
        String replica = name.or(() -> host).orElseGet(() -> UUID.randomUUID().toString());
        Supplier<EntryWriter> writer = () -> new EntryWriter(
                new Rows(masks, (int) maxInput.asLongValue(), (int) maxOutput.asLongValue()), new EntryForm(replica));
        this.writers = ThreadLocal.withInitial(writer);
        this.scribe = new Scribe(backlog, writer.get(), new ActivityStore(database, clock, LONGEST_ANSWER), gaps, clock,
                durability == Durability.BEFORE_REPLY ? Duration.ZERO : delay,
                whenFull == WhenFull.DROP ? Duration.ZERO : patience, commits, dropped);
        this.thread = new Thread(scribe, "activity-log");
        thread.setDaemon(true);
    }

    void start(@Observes StartupEvent start, Role role) {
        if (isOn() && role.servesGateway()) {
            thread.start();
        }
    }

    /** What waits, or is about to be committed, is committed first. */
    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        if (!thread.isAlive()) {
            return;
        }
        scribe.end();
        if (durability == Durability.BEFORE_REPLY && backlog.bytes() == 0) {
            thread.interrupt();
        }
        thread.join(LAST_WORDS.toMillis());
        thread.interrupt();
    }

    public boolean isOn() {
        return durability != Durability.OFF;
    }

    /** Whether an answer waits for its entry. */
    public boolean isBeforeReply() {
        return durability == Durability.BEFORE_REPLY;
    }

    /** Whether a call could not be recorded now, and so must not be carried out. */
    public boolean isClosed() {
        return whenFull == WhenFull.REFUSE && (backlog.isFull() || isBeforeReply() && scribe.isStuck());
    }

    /**
     * Completes when the call may be answered: at once, or when its entry is committed. Fails with UNAVAILABLE when that
     * takes too long; the entry is committed later all the same. Whoever is refused because nothing can be recorded waits for
     * nothing.
     */
    public Uni<Void> record(Entry entry) {
        if (!isBeforeReply() || RULE.equals(entry.answer().rule())
                || whenFull == WhenFull.DROP && (scribe.isStuck() || backlog.isFull())) {
            note(entry);
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(asker -> add(entry, asker));
    }

    /** Of a call that nobody waits for. */
    public void note(Entry entry) {
        if (isOn() && !isDropped(entry)) {
            add(entry, null);
        }
    }

    private void add(Entry entry, UniEmitter<? super Void> asker) {
        recorded.increment();
        backlog.add(new Waiting(writers.get().write(entry), asker, asker == null ? null : Vertx.currentContext(),
                System.nanoTime()));
    }

    /** What was carried out under way to refusal is kept beyond the bound; there is little of it. */
    private boolean isDropped(Entry entry) {
        if (!backlog.isFull() || whenFull == WhenFull.REFUSE && !RULE.equals(entry.answer().rule())) {
            return false;
        }
        dropped.increment();
        gaps.drop(entry);
        return true;
    }
}
