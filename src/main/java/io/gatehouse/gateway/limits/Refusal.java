package io.gatehouse.gateway.limits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.CallLimit.Period;
import io.gatehouse.platform.limits.PlaceLimit;
import io.gatehouse.platform.limits.Standing;

/**
 * A rule that has nothing left, and how that is said.
 *
 * @param reset in seconds, after which trying again may help
 */
public record Refusal(CallLimit rule, long reset, Map<String, String> headers) {

    private static final String RETRY = "Retry-After";

    /** How long a call may take is not known, so that this is a guess. */
    private static final long A_MOMENT = 1;

    /** @param all of the call */
    public static Refusal of(Toll toll, Standing exceeded, List<Standing> all) {
        long reset = Toll.seconds(exceeded);
        Map<String, String> headers = new HashMap<>(toll.headers(all));
        headers.put(RETRY, Long.toString(reset));
        return new Refusal(toll.rule(exceeded.limit()), reset, headers);
    }

    public static Refusal of(Toll toll, PlaceLimit exceeded) {
        return new Refusal(toll.rule(exceeded), A_MOMENT, Map.of(RETRY, Long.toString(A_MOMENT)));
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
        return Fault.limited(why(), data, headers);
    }
}
