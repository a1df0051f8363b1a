package io.gatehouse.gateway.stage;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Observation;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.limits.Refusal;
import io.gatehouse.gateway.limits.ServerLimits;
import io.gatehouse.gateway.limits.Toll;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.Message;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.limits.Counters;
import io.gatehouse.platform.limits.Place;
import io.gatehouse.platform.limits.Places;
import io.gatehouse.platform.limits.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Holds calls of tools to the limits of their server. Each counts before it is carried out, whatever comes of it; a place
 * among those under way is taken before it counts, and left when all of its answer is out. A month that is used up ends all
 * other messages too, but those that only end or complete what was admitted.
 */
@Singleton
public class Limit {

    private static final String UNAVAILABLE = "limits_unavailable";

    private static final String UNCOUNTED = "gatehouse.mcp.limits.unavailable";
    private static final String OUTCOME = "outcome";

    private final Counters counters;
    private final Places places;
    private final MeterRegistry metrics;
    private final Counter admitted;
    private final Counter refused;

    @Inject
    Limit(Counters counters, Places places, MeterRegistry metrics) {
        this.counters = counters;
        this.places = places;
        this.metrics = metrics;
        // There from the start: an alert sees no rise of what begins above zero
        this.admitted = metrics.counter(UNCOUNTED, OUTCOME, "admitted");
        this.refused = metrics.counter(UNCOUNTED, OUTCOME, "refused");
    }

    /** Fails with a {@link Fault} where a limit is reached, and where that can't be told and must be known. */
    public Uni<Reply> hold(Turn turn, Function<Turn, Uni<Reply>> carryOut) {
        ServerLimits limits = turn.known().located().server().limits();
        if (limits == null) {
            return carryOut.apply(turn);
        }
        if (Methods.CALL_TOOL.equals(turn.message().method())) {
            return place(turn, limits, carryOut);
        }
        return limits.quota() == null || lets(turn.message()) ? carryOut.apply(turn)
                : known(turn, limits, limits.quota().standing(counters))
                        .chain(standing -> standing == null || standing.left() > 0
                                ? carryOut.apply(turn)
                                : refuse(turn, false, limits.quota().refusal(standing)));
    }

    /** Whether it lets go of what a call has, or lets it go on. A refusal would only keep the back end at work for longer. */
    private static boolean lets(Message message) {
        return switch (message.kind()) {
            case END, RESPONSE -> true;
            case NOTIFICATION -> Methods.CANCELLED.equals(message.method());
            case REQUEST, LISTEN -> false;
        };
    }

    private Uni<Reply> place(Turn turn, ServerLimits limits, Function<Turn, Uni<Reply>> carryOut) {
        Toll toll = limits.toll(tool(turn), turn.known().caller().subject());
        if (toll.places().isEmpty()) {
            return count(turn, limits, toll, carryOut);
        }
        Uni<Reply> counted = Uni.createFrom().deferred(() -> count(turn, limits, toll, carryOut));
        return known(turn, limits, places.take(toll.places())).chain(place -> place == null
                ? counted
                : !place.isTaken() ? refuse(turn, limits.tellsModel(), Refusal.of(toll, place.exceeded()))
                        : counted.map(reply -> leaving(reply, place))
                                .onFailure().invoke(place::leave).onCancellation().invoke(place::leave));
    }

    private static Reply leaving(Reply reply, Place place) {
        if (reply instanceof Reply.Stream stream) {
            return stream.with(stream.parts().onTermination().invoke(place::leave));
        }
        place.leave();
        return reply;
    }

    private Uni<Reply> count(Turn turn, ServerLimits limits, Toll toll, Function<Turn, Uni<Reply>> carryOut) {
        if (toll.limits().isEmpty()) {
            return carryOut.apply(turn);
        }
        Verdict atOnce = counters.admitFromMemory(toll.limits());
        return atOnce != null ? counted(turn, limits, toll, atOnce, carryOut)
                : known(turn, limits, counters.admit(toll.limits())).chain(verdict -> verdict == null
                        ? carryOut.apply(turn)
                        : counted(turn, limits, toll, verdict, carryOut));
    }

    private Uni<Reply> counted(Turn turn, ServerLimits limits, Toll toll, Verdict verdict,
            Function<Turn, Uni<Reply>> carryOut) {
        if (limits.quota() != null) {
            limits.quota().learn(verdict.standings());
        }
        if (!verdict.isAdmitted()) {
            return refuse(turn, limits.tellsModel(), Refusal.of(toll, verdict.exceeded(), verdict.standings()));
        }
        toll.tell(verdict.standings(), turn.known().located().arrival().answerHeaders());
        return carryOut.apply(turn);
    }

    private Uni<Reply> refuse(Turn turn, boolean tellModel, Refusal refusal) {
        Arrival arrival = turn.known().located().arrival();
        refusal.tell(arrival.answerHeaders());
        Observation observation = arrival.observation();
        observation.refuse(refusal.rule().rule());
        if (turn.known().located().server().serves(tool(turn))) {
            observation.tool(tool(turn));
        }
        metrics.counter("gatehouse.mcp.limits.refused", "part", refusal.rule().part().name().toLowerCase(Locale.ROOT), "period",
                refusal.rule().period().name().toLowerCase(Locale.ROOT)).increment();
        if (tellModel && turn.message().kind() == Message.Kind.REQUEST) {
            observation.toolFailed();
            return Uni.createFrom().item(turn.edge().notCalled(turn, refusal.why()));
        }
        return Uni.createFrom().failure(refusal.fault());
    }

    private static String tool(Turn turn) {
        JsonNode name = turn.message().params().path("name");
        return name.isTextual() ? name.textValue() : "";
    }

    /** Null where it can't be known, and calls go on nevertheless. */
    private <T> Uni<T> known(Turn turn, ServerLimits limits, Uni<T> asked) {
        return asked.onFailure(Limit::isUnavailable).recoverWithUni(failure -> {
            (limits.admitsUncounted() ? admitted : refused).increment();
            if (limits.admitsUncounted()) {
                return Uni.createFrom().nullItem();
            }
            turn.known().located().arrival().observation().refuse(UNAVAILABLE);
            return Uni.createFrom().failure(Fault.uncounted("The limits of this MCP server can't be checked now",
                    JsonNodeFactory.instance.objectNode().put("limit", UNAVAILABLE), Map.of("Retry-After", "1")));
        });
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE;
    }
}
