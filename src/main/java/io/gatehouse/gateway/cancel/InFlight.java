package io.gatehouse.gateway.cancel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.platform.telemetry.Meters;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The requests under way on this replica that their clients may cancel. */
@Singleton
public class InFlight {

    private final Map<FlightKey, List<Flight>> flights = new ConcurrentHashMap<>();

    public InFlight() {
        Meters.gauge("gatehouse.mcp.cancellable", "Requests that a cancellation of the legacy era would find", flights,
                Map::size);
    }

    /**
     * The same answer, which can be cancelled until all of it is there. Work that is cancelled is stopped; work whose client
     * only goes away is not (2025-11-25, Transports).
     *
     * @param answer if it is a stream, one of events
     */
    public Uni<Reply> track(Turn turn, Uni<Reply> answer) {
        FlightKey key = FlightKey.of(turn.known(), turn.message().id());
        return Uni.createFrom().emitter(emitter -> {
            Flight[] flight = new Flight[1];
            flight[0] = new Flight(key, () -> leave(key, flight[0]));
            flights.merge(key, List.of(flight[0]), InFlight::joined);
            flight[0].start(answer, emitter);
        });
    }

    private static List<Flight> joined(List<Flight> some, List<Flight> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private void leave(FlightKey key, Flight flight) {
        flights.computeIfPresent(key, (same, all) -> {
            List<Flight> others = all.stream().filter(other -> other != flight).toList();
            return others.isEmpty() ? null : others;
        });
    }

    /** More than one where the key says too little. */
    List<Flight> named(FlightKey key) {
        return flights.getOrDefault(key, List.of());
    }
}
