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

    private final Engine engine;
    private final DeskMeters meters;
    private final Purses purses = new Purses();
    private final CallClerk clerk;
    private final Desk<List<Limit>, CallClerk.Outcome> desk;

    @Inject
    LeasedCounters(Vertx vertx, Engines engines, Clock clock, MeterRegistry registry) {
        this(vertx, engines.create(), clock, engines.patience(), registry);
    }

    LeasedCounters(Vertx vertx, Engine engine, Clock clock, Desk.Patience patience, MeterRegistry registry) {
        this.engine = engine;
        this.meters = new DeskMeters(registry, "calls");
        this.clerk = new CallClerk(engine, clock, purses);
        this.desk = new Desk<>(vertx, clerk, patience, meters);
        meters.gauge("keys", purses::size);
        meters.gauge("held", purses::held);
    }

    @Override
    public Uni<Verdict> admit(List<Limit> limits) {
        return Uni.createFrom().deferred(() -> {
            Verdict verdict = admitFromMemory(limits);
            return verdict != null ? Uni.createFrom().item(verdict)
                    : desk.ask(limits).map(later -> known(limits, later));
        });
    }

    @Override
    public Verdict admitFromMemory(List<Limit> limits) {
        CallClerk.Outcome outcome = clerk.answer(limits);
        return outcome == null ? null : known(limits, outcome);
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
        return desk.read(() -> engine.look(limits)).map(grants -> standings(limits, grants));
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

    boolean isReached() {
        return desk.isReached();
    }

    boolean isReady() {
        return desk.isReady();
    }

    /** As if the process had died. */
    void abandon() {
        desk.abandon();
    }

    /** What is held goes back. */
    void stop(@Observes ShutdownEvent stop) {
        desk.run(clerk::close);
        desk.nudge();
    }
}
