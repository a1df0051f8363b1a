package io.gatehouse.gateway.trace;

import java.util.function.BiFunction;
import java.util.function.Function;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.platform.telemetry.Signals;
import io.gatehouse.platform.telemetry.Telemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Puts spans around the stages of the gateway; where nothing is traced, the stages are what they were. */
@Singleton
public class Traces {

    private final Signals signals;

    @Inject
    Traces(Telemetry telemetry) {
        this.signals = telemetry.signals();
    }

    /** @return null where nothing is traced */
    public ServerTrace begin(HttpServerRequest request, String requestId) {
        return signals == null ? null : new ServerTrace(signals, request, requestId);
    }

    /** The stage with a span around it. */
    public <I, O> Function<I, Uni<O>> stage(String name, Function<I, Arrival> of, Function<I, Uni<O>> stage) {
        return signals == null ? stage : in -> Uni.createFrom().deferred(() -> {
            Runnable end = trace(of.apply(in)).stage(name);
            return stage.apply(in).onTermination().invoke(end);
        });
    }

    /** The stage that writes down what became of a request. */
    public BiFunction<Arrival, Reply, Uni<Reply>> recording(BiFunction<Arrival, Reply, Uni<Reply>> record) {
        return signals == null ? record : (arrival, reply) -> {
            Runnable end = trace(arrival).stage("record");
            return record.apply(arrival, reply).onTermination().invoke(end);
        };
    }

    /** The stage that reads the message, which says what the span of the request belongs to. */
    public Function<Known, Uni<Turn>> reading(Function<Known, Uni<Turn>> read) {
        return signals == null ? read : known -> {
            Arrival arrival = known.located().arrival();
            return read.apply(known).invoke(turn -> trace(arrival).open(arrival));
        };
    }

    /** The stages of limits and of the work, of which one calls the other. */
    public Function<Turn, Uni<Reply>> holding(BiFunction<Turn, Function<Turn, Uni<Reply>>, Uni<Reply>> limit,
            Function<Turn, Uni<Reply>> work) {
        return signals == null ? turn -> limit.apply(turn, work) : turn -> {
            ServerTrace trace = trace(turn.known().located().arrival());
            Runnable end = trace.stage("limit");
            return limit.apply(turn, admitted -> {
                end.run();
                return executed(trace, admitted, work);
            }).onTermination().invoke(end);
        };
    }

    private static Uni<Reply> executed(ServerTrace trace, Turn turn, Function<Turn, Uni<Reply>> work) {
        return Uni.createFrom().deferred(() -> {
            Runnable end = trace.execute();
            return Uni.createFrom().deferred(() -> work.apply(turn)).onTermination().invoke(end);
        });
    }

    /** The whole of a request: its span ends with the last part of the answer. */
    public Uni<Reply> whole(Arrival arrival, Uni<Reply> answer) {
        ServerTrace trace = trace(arrival);
        return trace == null ? answer
                : answer.map(reply -> trace.watch(arrival, reply))
                        .onCancellation().invoke(() -> trace.end(arrival, "cancelled"));
    }

    private static ServerTrace trace(Arrival arrival) {
        return arrival.observation().trace();
    }
}
