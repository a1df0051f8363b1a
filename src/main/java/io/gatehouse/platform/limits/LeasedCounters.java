package io.gatehouse.platform.limits;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gatehouse.platform.limits.Engine.Grant;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Counts at the engine, and admits from memory what was counted in advance. */
@Startup
@Singleton
class LeasedCounters implements Counters {

    private static final long TICK_MILLIS = 1_000;

    private final Vertx vertx;
    private final Engine engine;
    private final Duration timeout;
    private final DeskMeters meters;
    private final Purses purses = new Purses();
    private final CallClerk clerk;
    private final Desk<List<Limit>, CallClerk.Outcome> desk;
    private final FirstContact contact;
    private final long timer;

    @Inject
    LeasedCounters(Vertx vertx, Engines engines, Clock clock, MeterRegistry registry) {
        this(vertx, engines.create(), clock, engines.patience(), registry);
    }

    LeasedCounters(Vertx vertx, Engine engine, Clock clock, Desk.Patience patience, MeterRegistry registry) {
        this.vertx = vertx;
        this.engine = engine;
        this.timeout = patience.timeout();
        this.meters = new DeskMeters(registry, "calls");
        this.clerk = new CallClerk(engine, clock, purses);
        this.desk = new Desk<>(vertx, clerk, patience, meters);
        this.contact = new FirstContact(() -> engine.count(List.of()), timeout);
        desk.run(contact::attempt);
        this.timer = vertx.setPeriodic(TICK_MILLIS, id -> desk.run(this::tick));
        meters.gauge("keys", purses::size);
        meters.gauge("held", purses::held);
    }

    private void tick() {
        contact.attempt();
        clerk.tick();
        desk.nudge();
    }

    @Override
    public Uni<Verdict> admit(List<Limit> limits) {
        return Uni.createFrom().deferred(() -> {
            CallClerk.Outcome outcome = clerk.answer(limits);
            return outcome != null ? Uni.createFrom().item(known(limits, outcome))
                    : desk.ask(limits).map(later -> known(limits, later));
        });
    }

    private Verdict known(List<Limit> limits, CallClerk.Outcome outcome) {
        if (outcome.isLow()) {
            desk.run(() -> clerk.note(limits));
            desk.nudge();
        }
        if (!outcome.verdict().isAdmitted()) {
            meters.refused();
        }
        return outcome.verdict();
    }

    @Override
    public Uni<List<Standing>> standings(List<Limit> limits) {
        return Waiting.read(() -> engine.look(limits), timeout)
                .map(grants -> standings(limits, grants)).emitOn(Waiting.home());
    }

    private List<Standing> standings(List<Limit> limits, List<Grant> grants) {
        List<Standing> standings = new ArrayList<>(grants.size());
        for (int i = 0; i < grants.size(); i++) {
            Grant grant = grants.get(i);
            Stock stock = purses.stock(limits.get(i));
            long held = stock != null && stock.since() == grant.since() ? stock.held() : 0;
            standings.add(new Standing(limits.get(i), Math.max(0, grant.left()) + held,
                    Duration.ofNanos(grant.nanos())));
        }
        return standings;
    }

    /** Whether the engine answered when it was asked last. */
    boolean isReached() {
        return desk.isReached();
    }

    /** Whether calls may come. */
    boolean isReady() {
        return contact.isOver();
    }

    /** As if the process had died. */
    void abandon() {
        vertx.cancelTimer(timer);
        desk.close();
        engine.drop();
    }

    /** What is held goes back. */
    void stop(@Observes ShutdownEvent stop) {
        vertx.cancelTimer(timer);
        desk.run(clerk::close);
        desk.nudge();
    }
}
