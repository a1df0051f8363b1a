package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Takes places at the engine, and claims them again each second. */
@Startup
@Singleton
class HeldPlaces implements Places {

    private static final long TICK_MILLIS = 1_000;

    private final Vertx vertx;
    private final Engine engine;
    private final Duration timeout;
    private final DeskMeters meters;
    private final PlaceClerk clerk;
    private final Desk<List<PlaceLimit>, PlaceClerk.Taken> desk;
    private final FirstContact contact;
    private final long timer;

    @Inject
    HeldPlaces(Vertx vertx, Engines engines, MeterRegistry registry) {
        this(vertx, engines.create(), engines.patience(), registry);
    }

    HeldPlaces(Vertx vertx, Engine engine, Desk.Patience patience, MeterRegistry registry) {
        this.vertx = vertx;
        this.engine = engine;
        this.timeout = patience.timeout();
        this.meters = new DeskMeters(registry, "places");
        this.clerk = new PlaceClerk(engine, engine.placesFor());
        this.desk = new Desk<>(vertx, clerk, patience, meters);
        this.contact = new FirstContact(() -> engine.hold(List.of()), timeout);
        desk.run(contact::attempt);
        this.timer = vertx.setPeriodic(TICK_MILLIS, id -> desk.run(this::tick));
        meters.gauge("keys", clerk::keys);
        meters.gauge("held", clerk::held);
    }

    private void tick() {
        contact.attempt();
        clerk.tick();
        desk.nudge();
    }

    @Override
    public Uni<Place> take(List<PlaceLimit> limits) {
        return Uni.createFrom().deferred(() -> {
            PlaceClerk.Taken taken = clerk.answer(limits);
            return (taken != null ? Uni.createFrom().item(taken) : desk.ask(limits)).map(OnePlace::new);
        });
    }

    @Override
    public Uni<List<Long>> taken(List<PlaceLimit> limits) {
        return Waiting.read(() -> engine.taken(limits), timeout).emitOn(Waiting.home());
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

    private final class OnePlace implements Place {

        private final PlaceClerk.Taken taken;

        OnePlace(PlaceClerk.Taken taken) {
            this.taken = taken;
            if (taken.exceeded() != null) {
                meters.refused();
            }
        }

        @Override
        public PlaceLimit exceeded() {
            return taken.exceeded();
        }

        @Override
        public void leave() {
            if (taken.leave()) {
                desk.run(() -> clerk.note(taken.seats()));
                desk.nudge();
            }
        }
    }
}
