package io.gatehouse.gateway.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.Entrance;
import io.gatehouse.plan.Limits;
import io.gatehouse.plan.Rates;
import io.gatehouse.plan.Recorded;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.plan.ToolPlan;
import io.gatehouse.platform.AddressRules;
import io.gatehouse.platform.limits.Limit;
import io.gatehouse.platform.limits.PlaceLimit;
import io.gatehouse.platform.limits.Standing;
import io.vertx.core.MultiMap;

/** What calls count against. // P-14, P-17 */
class ServerLimitsTest {

    private static final Rates HOURLY = new Rates(null, 5, null, null);

    private static Limits limits(Rates server, Rates caller, Map<String, Rates> tools) {
        return new Limits(server, caller, tools, List.of(), List.of(), false, false);
    }

    private static ServerLimits composed(Limits limits, String... tools) {
        return ServerLimits.of(plan(limits, null, Stream.of(tools)
                .map(name -> new ToolPlan(name, null, null, "{}", null, null, false, Map.of(), null)).toList()));
    }

    private static ServerLimits proxy(Limits limits, boolean open, String... tools) {
        return ServerLimits.of(plan(limits, new RemotePlan(null, open,
                Stream.of(tools).map(name -> new RemotePlan.Tool(name, name, null, null, true, List.of())).toList()),
                List.of()));
    }

    private static ServerPlan plan(Limits limits, RemotePlan remote, List<ToolPlan> tools) {
        return new ServerPlan(1, 7, "h", "Server", null, null, 1, new Entrance(List.of(), null, null), limits, Recorded.ALL,
                tools,
                List.of(), remote, Set.of());
    }

    private static List<String> rules(Toll toll) {
        return toll.rules().stream().map(CallLimit::rule).toList();
    }

    private static List<String> keys(Toll toll) {
        return toll.limits().stream().map(Limit::key).toList();
    }

    @Test
    void areNoneWhereNothingIsLimited() {
        assertNull(composed(Limits.NONE, "a"));
        assertNull(AddressRules.of(List.of(), List.of()));
        assertNull(composed(new Limits(Rates.NONE, Rates.NONE, Map.of(), List.of("::1"), List.of(), true, true), "a"));
    }

    @Test
    void holdAllAtOnceTheLongestWaitFirst() {
        Toll toll = composed(limits(new Rates(1, 2, 3, 4), HOURLY, Map.of("a", HOURLY)), "a", "b").toll("a", "token:1");

        assertEquals(List.of("quota_limit.requests_per_month", "rate_limit.requests_per_hour",
                "rate_limit.requests_per_minute", "tool_limits.a.requests_per_hour", "caller_limits.requests_per_hour"),
                rules(toll));
        assertEquals(List.of(new PlaceLimit("server:7", 4)), toll.places());
        assertEquals("\"quota_limit.requests_per_month\";q=3, \"rate_limit.requests_per_hour\";q=2;w=3600, "
                + "\"rate_limit.requests_per_minute\";q=1;w=60, \"tool_limits.a.requests_per_hour\";q=5;w=3600, "
                + "\"caller_limits.requests_per_hour\";q=5;w=3600", toll.policy().toString());
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        toll.tell(List.of(new Standing(toll.limits().get(2), -3, Duration.ofMillis(30_001))), headers);
        assertEquals("\"rate_limit.requests_per_minute\";r=0;t=31", headers.get("RateLimit"));
    }

    @Test
    void takeTheNamedInThePlaceOfTheRest() {
        ServerLimits limits = composed(limits(Rates.NONE, Rates.NONE,
                Map.of("*", HOURLY, "b", new Rates(1, null, null, null), "c", Rates.NONE)), "a", "b", "c");

        assertEquals(List.of("tool_limits.a.requests_per_hour"), rules(limits.toll("a", "x")));
        assertEquals(List.of("tool_limits.b.requests_per_minute"), rules(limits.toll("b", "x")));
        assertEquals(List.of(), rules(limits.toll("c", "x")));
    }

    @Test
    void countNoNamesThatSomebodyInvents() {
        Limits limits = limits(HOURLY, Rates.NONE, Map.of("*", HOURLY, "named", HOURLY));
        for (ServerLimits closed : List.of(composed(limits, "a"), proxy(limits, false, "a"))) {
            assertSame(closed.toll("invented", "x"), closed.toll("other", "x"));
            assertEquals(List.of("server:7"), keys(closed.toll("named", "x")));
        }
        ServerLimits open = proxy(limits, true, "a");
        assertSame(open.toll("invented", "x"), open.toll("other", "x"));
        assertEquals(List.of("rate_limit.requests_per_hour", "tool_limits.*.requests_per_hour"),
                rules(open.toll("invented", "x")));
        assertEquals(List.of("server:7", "server:7/tool:named"), keys(open.toll("named", "x")));
    }

    @Test
    void keepStrangeNamesOutOfKeys() {
        Limits limits = limits(Rates.NONE, HOURLY, Map.of("*", HOURLY));
        String strange = "na\u0000me\n\u00e4";
        ServerLimits proxy = proxy(limits, false, strange, "a".repeat(4_000));

        for (String subject : List.of(strange, "s".repeat(4_000), "*a", "")) {
            keys(proxy.toll(strange, subject)).forEach(key -> assertEquals(
                    "server:7/caller:*".length() + 64 - (key.contains("tool") ? 2 : 0), key.length(), key));
        }
        assertEquals(List.of("tool_limits.*.requests_per_hour", "caller_limits.requests_per_hour"),
                rules(proxy.toll(strange, "x")));
        assertNotEquals(keys(proxy.toll(strange, "a")), keys(proxy.toll(strange, "b")));
    }
}
