package io.gatehouse.gateway.limits;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.CallLimit.Period;
import io.gatehouse.platform.limits.PlaceLimit;
import io.gatehouse.platform.limits.Standing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * A rule that has nothing left, and how that is said.
 *
 * @param reset in seconds, after which trying again may help
 * @param standings of all rules of the call; empty for one that takes a place
 */
public record Refusal(Toll toll, CallLimit rule, long reset, List<Standing> standings) {

    /** How long a call may take is not known, so that this is a guess. */
    private static final long A_MOMENT = 1;

    /** @param all of the call */
    public static Refusal of(Toll toll, Standing exceeded, List<Standing> all) {
        return new Refusal(toll, toll.rule(exceeded.limit()), Toll.seconds(exceeded), all);
    }

    public static Refusal of(Toll toll, PlaceLimit exceeded) {
        return new Refusal(toll, toll.rule(exceeded), A_MOMENT, List.of());
    }

    /** When to try again, and how all rules stand. */
    public void tell(MultiMap headers) {
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(reset));
        if (!standings.isEmpty()) {
            toll.tell(standings, headers);
        }
    }

    /** In words for people and models. */
    public String why() {
        return switch (rule.period()) {
            case AT_ONCE -> calls() + whose() + (rule.capacity() == 1 ? " is" : " are")
                    + " under way, as many as may be; try again in a moment";
            case MINUTE -> used("minute");
            case HOUR -> used("hour");
            case MONTH -> used("month");
        };
    }

    private String used(String period) {
        return "The limit of " + calls() + " per " + period + whose() + " is used up; try again in " + reset
                + " s";
    }

    private String calls() {
        return rule.capacity() == 1 ? "1 call" : rule.capacity() + " calls";
    }

    private String whose() {
        return switch (rule.part()) {
            case TOOL -> " of this tool";
            case CALLER -> " of yours";
            case SERVER -> " of this MCP server";
        };
    }

    public Fault fault() {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("limit", rule.rule()).put("capacity", rule.capacity())
                .put("left", 0);
        if (rule.period() != Period.AT_ONCE) {
            data.put("reset", reset);
        }
        return Fault.limited(why(), data);
    }
}
