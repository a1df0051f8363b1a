package io.gatehouse.contract.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.contract.mcp.Limited.Era;
import io.gatehouse.contract.mcp.Limited.Kind;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Await;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Outage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** Limits of calls, of every kind of server and in both eras. */
@QuarkusTest
class LimitsContractDbTest {

    private static final String TWO = "{'rate_limit':{'requests_per_hour':2}}";

    @Inject
    Deployment deployment;

    private Limited target;

    @BeforeEach
    void awaitRoom() {
        Await.roomIn(ChronoUnit.HOURS);
    }

    @AfterEach
    void stop() {
        target.close();
    }

    private Limited target(Kind kind, Era era, String policy) {
        target = new Limited(deployment, kind, era);
        target.policy(policy);
        return target;
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Kind.values()).flatMap(kind -> Stream.of(Era.values()).map(era -> Arguments.of(kind, era)));
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of("{'rate_limit':{'requests_per_minute':2}}", "rate_limit.requests_per_minute", "2;w=60"),
                Arguments.of(TWO, "rate_limit.requests_per_hour", "2;w=3600"),
                Arguments.of("{'quota_limit':{'requests_per_month':2}}", "quota_limit.requests_per_month", "2"),
                Arguments.of("{'tool_limits':{'*':{'requests_per_hour':2}}}", "tool_limits.echo.requests_per_hour",
                        "2;w=3600"),
                Arguments.of("{'tool_limits':{'echo':{'requests_per_month':2},'*':{'requests_per_hour':1}}}",
                        "tool_limits.echo.requests_per_month", "2"),
                Arguments.of("{'caller_limits':{'requests_per_hour':2}}", "caller_limits.requests_per_hour", "2;w=3600"));
    }

    private static JsonNode assertRefused(HttpResponse<String> answer, String rule) {
        assertEquals(429, answer.statusCode(), answer.body());
        JsonNode body = Agent.json(answer.body());
        assertEquals(1429, body.at("/error/code").asInt());
        assertEquals(rule, body.at("/error/data/limit").asText());
        return body;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    // P-3, P-14, P-17
    @ParameterizedTest
    @MethodSource("everywhere")
    void refusesTheCallOnceTheLimitIsReached(Kind kind, Era era) {
        target(kind, era, TWO);
        for (int i = 0; i < 2; i++) {
            assertEquals(200, target.call(era, "echo").statusCode());
        }

        HttpResponse<String> refused = target.send(era, 77, "tools/call", Map.of("name", "other"));

        JsonNode body = assertRefused(refused, "rate_limit.requests_per_hour");
        assertEquals(77, body.path("id").asInt());
        assertEquals("2.0", body.path("jsonrpc").asText());
        JsonNode data = body.at("/error/data");
        assertEquals(2, data.path("capacity").asInt());
        assertEquals(0, data.path("left").asInt());
        int reset = data.path("reset").asInt();
        assertTrue(reset >= 1 && reset <= 3_600, body.toString());
        assertEquals(Integer.toString(reset), header(refused, "Retry-After"));
        assertTrue(header(refused, "RateLimit").startsWith("\"rate_limit.requests_per_hour\";r=0;t="), refused.toString());
        assertEquals("application/json", header(refused, "Content-Type"));
        assertEquals(2, target.arrivals());
        assertEquals(200, target.send(era, 1, "tools/list", Map.of()).statusCode(), "only the month ends everything");
    }

    // P-14, P-15, P-17
    @ParameterizedTest
    @MethodSource("rules")
    void keepsEachLimitAndSaysWhatIsLeftOfIt(String policy, String rule, String parameters) {
        if (rule.endsWith("minute")) {
            Await.roomIn(ChronoUnit.MINUTES);
        }
        target(Kind.COMPOSED, Era.LEGACY, policy);

        for (int left = 1; left >= 0; left--) {
            HttpResponse<String> answer = target.call(Era.LEGACY, "echo");
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("\"" + rule + "\";q=" + parameters, header(answer, "RateLimit-Policy"));
            assertTrue(header(answer, "RateLimit").matches("\"\\Q" + rule + "\\E\";r=" + left + ";t=[1-9]\\d*"),
                    header(answer, "RateLimit"));
        }

        assertRefused(target.call(Era.LEGACY, "echo"), rule);
        assertEquals(2, target.arrivals());
    }

    // P-17: calls that fail count too, and so do calls that can't be made
    @ParameterizedTest
    @MethodSource("everywhere")
    void countsCallsThatFail(Kind kind, Era era) {
        target(kind, era, "{'rate_limit':{'requests_per_hour':3}}");
        target.backEnd.answers(response -> response.setStatusCode(500).end());

        assertEquals("\"rate_limit.requests_per_hour\";q=3;w=3600", header(target.call(era, "echo"), "RateLimit-Policy"));
        HttpResponse<String> strange = target.call(era, "invented");
        target.send(era, 1, "tools/call", Map.of("name", "echo", "arguments", Map.of("n", "not a number")));

        if (kind == Kind.COMPOSED) {
            assertTrue(header(strange, "RateLimit").startsWith("\"rate_limit.requests_per_hour\";r=1;"));
        }
        assertRefused(target.call(era, "echo"), "rate_limit.requests_per_hour");
    }

    // P-15, P-17
    @ParameterizedTest
    @MethodSource("everywhere")
    void endsEveryRequestWithTheMonth(Kind kind, Era era) {
        target(kind, era, "{'quota_limit':{'requests_per_month':1},'on_limit':'tell_model'}");
        String hello = era == Era.LEGACY ? "initialize" : "server/discover";
        Map<String, ?> introduction = era == Era.LEGACY
                ? Map.of("protocolVersion", Agent.LEGACY, "capabilities", Map.of(), "clientInfo",
                        Map.of("name", "c", "version", "1"))
                : Map.of();
        assertEquals(200, target.send(era, 1, hello, introduction).statusCode());
        target.call(era, "echo");
        target.upstream.forget();

        for (String method : List.of(hello, "tools/list", "prompts/list")) {
            HttpResponse<String> answer = target.send(era, method, method, introduction);
            assertEquals(method, assertRefused(answer, "quota_limit.requests_per_month").path("id").asText());
            ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
            long rest = Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1)).toSeconds();
            assertEquals(rest, Long.parseLong(header(answer, "Retry-After")), 10);
        }
        for (String notice : List.of("notifications/initialized", "notifications/roots/list_changed", "tools/call")) {
            HttpResponse<String> answer = target.send(era, null, notice, Map.of("name", "echo"));
            assertTrue(assertRefused(answer, "quota_limit.requests_per_month").path("id").isNull(), notice);
        }
        assertRefused(target.send(era, 1, "notifications/cancelled", Map.of()), "quota_limit.requests_per_month");
        assertEquals(null, target.upstream.take());
        target.policy("{'quota_limit':{'requests_per_month':2}}");
        assertEquals(200, target.send(era, 1, "tools/list", Map.of()).statusCode(), "the change holds at once");
    }

    // P-17: what was admitted may still be cancelled, answered, and ended
    @ParameterizedTest
    @MethodSource("everywhere")
    void letsGoOfWhatIsHeldThoughTheMonthIsUsedUp(Kind kind, Era era) {
        target(kind, era, "{'quota_limit':{'requests_per_month':1}}");
        target.call(era, "echo");

        assertEquals(202, target.send(era, null, "notifications/cancelled", Map.of("requestId", "x")).statusCode());
        Agent agent = target.server.agent();
        HttpRequest answer = agent.post(Map.of("jsonrpc", "2.0", "id", 1, "result", Map.of()));
        assertNotEquals(429, agent.send(answer).join().statusCode());
        HttpRequest end = agent.request("MCP-Protocol-Version", Agent.LEGACY).DELETE().build();
        assertNotEquals(429, agent.send(end).join().statusCode());
    }

    // P-17
    @Test
    void refusesToListenOnceTheMonthIsUsedUp() {
        target(Kind.COMPOSED, Era.LEGACY, "{'quota_limit':{'requests_per_month':1}}");
        target.call(Era.LEGACY, "echo");

        try (var stream = target.server.agent().listen()) {
            assertEquals(429, stream.status());
        }
    }

    // P-17: tells the model in the place of the client
    @ParameterizedTest
    @MethodSource("everywhere")
    void tellsTheModelWhereThePolicySaysSo(Kind kind, Era era) {
        target(kind, era, "{'tool_limits':{'echo':{'requests_per_hour':1}},'on_limit':'tell_model'}");
        target.call(era, "echo");

        HttpResponse<String> told = target.send(era, 5, "tools/call", Map.of("name", "echo"));

        assertEquals(200, told.statusCode());
        JsonNode body = Agent.json(told.body());
        assertEquals(5, body.path("id").asInt());
        assertTrue(body.at("/result/isError").asBoolean());
        assertTrue(body.at("/result/content/0/text").asText()
                .matches("The limit of 1 call per hour of this tool is used up; try again in \\d+ s"), told.body());
        assertEquals(era == Era.MODERN, body.at("/result/resultType").asText().equals("complete"));
        assertTrue(header(told, "RateLimit").startsWith("\"tool_limits.echo.requests_per_hour\";r=0;"));
        assertEquals(1, target.arrivals());
        assertEquals(200, target.call(era, "other").statusCode());
    }

    // P-14: each tool by itself, and the named in the place of the rest
    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsToolsApart(Kind kind) {
        target(kind, Era.LEGACY, "{'tool_limits':{'*':{'requests_per_hour':1},'other':{}}}");
        assertEquals(200, target.call(Era.LEGACY, "echo").statusCode());

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> free = target.call(Era.LEGACY, "other");
            assertEquals(200, free.statusCode());
            assertEquals(null, header(free, "RateLimit"));
        }
        assertRefused(target.call(Era.LEGACY, "echo"), "tool_limits.echo.requests_per_hour");
    }

    @Test
    void keepsCallersApart() {
        target(Kind.COMPOSED, Era.LEGACY, "{'caller_limits':{'requests_per_hour':1}}");
        String further = deployment.api().body(Map.of("name", "Further"))
                .post("/api/mcp/mcp_servers/" + target.server.handle() + "/tokens").then().statusCode(200).extract()
                .path("token");
        Agent other = new Deployment.Published(target.server.handle(), further).agent();
        Map<String, ?> echo = Map.of("name", "echo");

        assertEquals(200, target.call(Era.LEGACY, "echo").statusCode());
        assertEquals(200, Limited.send(other, Era.MODERN, 1, "tools/call", echo).statusCode());
        assertRefused(target.call(Era.LEGACY, "echo"), "caller_limits.requests_per_hour");
        assertRefused(Limited.send(other, Era.MODERN, 1, "tools/call", echo), "caller_limits.requests_per_hour");
    }

    /** A proxied server may get calls that want no answer. */
    @Test
    void countsCallsThatComeAsNotifications() {
        target(Kind.PROXIED, Era.LEGACY, "{'rate_limit':{'requests_per_hour':1},'on_limit':'tell_model'}");

        target.send(Era.LEGACY, null, "tools/call", Map.of("name", "echo"));

        JsonNode refused = assertRefused(target.send(Era.LEGACY, null, "tools/call", Map.of("name", "echo")),
                "rate_limit.requests_per_hour");
        assertTrue(refused.path("id").isNull());
        assertEquals(1, target.arrivals());
    }

    // P-4: strangers spend nothing
    @Test
    void countsNobodyWhoIsNotLetIn() {
        target(Kind.COMPOSED, Era.LEGACY, "{'rate_limit':{'requests_per_hour':1}}");
        Agent stranger = new Deployment.Published(target.server.handle(), "nonsense").agent();

        for (int i = 0; i < 3; i++) {
            assertEquals(401, Limited.send(stranger, Era.LEGACY, 1, "tools/call", Map.of("name", "echo")).statusCode());
        }
        assertEquals(200, target.call(Era.LEGACY, "echo").statusCode());
    }

    @Test
    void saysNothingOfLimitsWhereThereAreNone() {
        target(Kind.COMPOSED, Era.LEGACY, "{'on_limit':'tell_model'}");

        HttpResponse<String> answer = target.call(Era.LEGACY, "echo");

        assertEquals(null, header(answer, "RateLimit"));
        assertEquals(null, header(answer, "RateLimit-Policy"));
    }

    // P-3
    @ParameterizedTest
    @MethodSource("everywhere")
    void refusesWhatCanNotBeCounted(Kind kind, Era era) {
        target(kind, era, "{'quota_limit':{'requests_per_month':9},'max_concurrent_calls':5,'on_limit':'tell_model'}");

        Outage.during(() -> {
            for (String method : List.of("tools/call", "tools/list")) {
                HttpResponse<String> refused = target.send(era, 3, method, Map.of("name", "echo"));
                JsonNode body = Agent.json(refused.body());
                assertEquals(503, refused.statusCode(), refused.body());
                assertEquals(1503, body.at("/error/code").asInt());
                assertEquals("limits_unavailable", body.at("/error/data/limit").asText());
                assertEquals(3, body.path("id").asInt());
                assertEquals("1", header(refused, "Retry-After"));
            }
        });
        assertEquals(0, target.arrivals());
        assertEquals(200, target.call(era, "echo").statusCode());
    }

    @Test
    void admitsWhatCanNotBeCountedWhereThePolicySaysSo() {
        target(Kind.COMPOSED, Era.LEGACY, "{'quota_limit':{'requests_per_month':1},'max_concurrent_calls':1,"
                + "'when_unavailable':'allow'}");

        Outage.during(() -> {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> admitted = target.call(Era.LEGACY, "echo");
                assertEquals(200, admitted.statusCode());
                assertFalse(admitted.headers().map().containsKey("ratelimit"));
            }
            assertEquals(200, target.send(Era.LEGACY, 1, "tools/list", Map.of()).statusCode());
        });
        assertEquals(3, target.arrivals());
    }

    /** Long answers come as streams. */
    @ParameterizedTest
    @EnumSource(Era.class)
    void putsTheHeadersOnStreamsToo(Era era) {
        target(Kind.PROXIED, era, TWO);
        target.upstream.raw("tools/call", (message, response) -> {
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            response.end("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":" + message.path("id")
                    + ",\"result\":{\"content\":[],\"resultType\":\"complete\"}}\n\n");
        });

        HttpResponse<String> answer = target.call(era, "echo");

        assertEquals("text/event-stream", header(answer, "Content-Type"));
        assertTrue(header(answer, "RateLimit").startsWith("\"rate_limit.requests_per_hour\";r=1;"));
    }

    // P-17: changed limits hold for the next call, whatever was used before
    @Test
    void holdsCallsToThePolicyOfNow() {
        target(Kind.COMPOSED, Era.LEGACY, TWO);
        target.call(Era.LEGACY, "echo");
        target.call(Era.LEGACY, "echo");
        target.policy("{'rate_limit':{'requests_per_hour':3}}");
        assertEquals(200, target.call(Era.LEGACY, "echo").statusCode());

        target.policy("{'rate_limit':{'requests_per_hour':1}}");

        assertRefused(target.call(Era.LEGACY, "echo"), "rate_limit.requests_per_hour");
        target.policy("{'rate_limit':null}");
        target.backEnd.answers(BackEnd.json("{}"));
        assertEquals(200, target.call(Era.LEGACY, "echo").statusCode());
    }
}
