package io.gatehouse.platform.limits;

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

    private final Engine engine;
    private final DeskMeters meters;
    private final PlaceClerk clerk;
    private final Desk<List<PlaceLimit>, PlaceClerk.Taken> desk;

    @Inject
    HeldPlaces(Vertx vertx, Engines engines, MeterRegistry registry) {
        this(vertx, engines.create(), engines.patience(), registry);
    }

    HeldPlaces(Vertx vertx, Engine engine, Desk.Patience patience, MeterRegistry registry) {
        this.engine = engine;
        this.meters = new DeskMeters(registry, "places");
        this.clerk = new PlaceClerk(engine, engine.placesFor());
        this.desk = new Desk<>(vertx, clerk, patience, meters);
        meters.gauge("keys", clerk::keys);
        meters.gauge("held", clerk::held);
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
        return desk.read(() -> engine.taken(limits));
    }

    boolean isReady() {
        return desk.isReady();
    }

    /** As if the process had died. */
    void abandon() {
        desk.abandon();
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
