package io.gatehouse.gateway.proxy;

import java.util.function.Function;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Message;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.gateway.trace.Verdict;
import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.telemetry.Leg;
import io.gatehouse.platform.telemetry.Trail;
import io.smallrye.mutiny.Uni;

/** The span of a request that is passed on, up to the last part of its answer; streams of who only listens have none. */
final class RelayLeg {

    private RelayLeg() {
    }

    static Uni<Reply> of(Turn turn, Upstream upstream, String upstreamName, Function<Trail, Uni<Reply>> ask) {
        Arrival arrival = turn.known().located().arrival();
        Trail trail = arrival.observation().trail();
        Message message = turn.message();
        if (!trail.isTraced() || message.isListening() || message.method() == null) {
            return ask.apply(trail);
        }
        return Uni.createFrom().deferred(() -> {
            Leg leg = Leg.toMcp(trail, Methods.known(message.method()),
                    upstreamName != null ? upstreamName : arrival.observation().tool(), upstream.url());
            return ask.apply(leg.trail()).map(reply -> watched(leg, arrival, reply))
                    .onFailure().invoke(leg::failed).onCancellation().invoke(leg::cancelled);
        });
    }

    private static Reply watched(Leg leg, Arrival arrival, Reply reply) {
        return Verdict.watch(arrival, reply, leg::end);
    }
}
