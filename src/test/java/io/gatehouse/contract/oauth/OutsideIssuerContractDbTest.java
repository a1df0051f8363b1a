package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Outside.agent;
import static io.gatehouse.contract.oauth.Outside.bearer;
import static io.gatehouse.contract.oauth.Outside.call;
import static io.gatehouse.contract.oauth.Outside.challenge;
import static io.gatehouse.contract.oauth.Outside.inSession;
import static io.gatehouse.contract.oauth.Outside.introspection;
import static io.gatehouse.contract.oauth.Outside.list;
import static io.gatehouse.contract.oauth.Outside.sign;
import static io.gatehouse.contract.oauth.Outside.status;
import static io.gatehouse.contract.oauth.Outside.trust;
import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;

/** A server that leaves it to an issuer outside who may come in. */
@QuarkusTest
class OutsideIssuerContractDbTest {

    private static final String ALL = "mcp:read mcp:write";

    @Inject
    Deployment deployment;
    @Inject
    Outside outside;

    private final BackEnd backEnd = new BackEnd();
    private final FakeIssuer issuer = new FakeIssuer();
    private Published server;

    @BeforeEach
    void publish() {
        issuer.publishes(Outside.KEY);
        server = outside.trusting(outside.server(backEnd.url()), trust(issuer));
    }

    @AfterEach
    void stop() {
        issuer.close();
        backEnd.close();
    }

    private static void assertRefused(Published server, HttpResponse<String> answer, String why) {
        assertEquals(401, answer.statusCode(), answer.body());
        assertEquals(bearer(server.handle(), ALL) + ", error=\"invalid_token\", error_description=\"" + why + '"',
                challenge(answer.headers()));
        assertEquals(1, Agent.json(answer.body()).path("id").asInt());
    }

    private static void assertInsufficient(Published server, HttpResponse<String> answer, String needed) {
        assertEquals(403, answer.statusCode(), answer.body());
        assertEquals(bearer(server.handle(), needed)
                + ", error=\"insufficient_scope\", error_description=\"This needs the scope " + needed + '"',
                challenge(answer.headers()));
    }

    private static String unsigned(JsonObject claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8)) + '.'
                + encoder.encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8)) + '.';
    }

    private static String signedWithThePublicKey(JsonObject claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.encode());
        token.setAlgorithmHeaderValue("HS256");
        token.setKeyIdHeaderValue(Outside.KEY.getKeyId());
        token.setKey(new HmacKey(Outside.KEY.getPublicKey().getEncoded()));
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEnd(EventStream stream) {
        boolean isOpen = true;
        while (isOpen) {
            isOpen = !stream.next().isEnd();
        }
    }

    // C-67
    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void letsInWhomTheIssuerLetsIn(Era era) {
        String token = outside.token(issuer);

        assertEquals(List.of("find", "order"), Outside.names(list(server, token, era)));
        HttpResponse<String> answer = call(server, token, era, "order");
        assertFalse(Agent.json(answer.body()).at("/result/isError").asBoolean(true), answer.body());
        assertEquals("POST", backEnd.take().method());
    }

    // D-7
    @Test
    void letsInItsOwnTokensBeside() {
        String made = deployment.api().body(Map.of("name", "Agent", "_mcpServerIds", List.of(outside.id(server))))
                .post("/v1/accesstokens").then().statusCode(201).extract().path("token");

        for (String token : List.of(server.token(), made, outside.token(issuer))) {
            assertEquals(200, status(server, token));
        }
    }

    // C-67
    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void tellsWhatIsWrongWithAToken(Era era) {
        long now = outside.clock.instant().getEpochSecond();
        JsonObject good = outside.claims(issuer);
        Map<String, String> reasons = Map.of(
                sign(good.copy().put("exp", now - 60)), "The token is expired",
                sign(good.copy().put("aud", "invoices")), "The token is meant for another audience",
                sign(good.copy().put("iss", "https://elsewhere.example")), "The token is of another issuer",
                FakeIssuer.sign(good, Outside.key(), "RS256"), "The token's signature is wrong",
                unsigned(good), "The token's signature algorithm is not accepted",
                signedWithThePublicKey(good), "The token's signature algorithm is not accepted",
                "a.b.c", "The token is malformed",
                "opaque", "The token is no signed JWT, and others are not accepted");
        reasons.forEach((token, why) -> assertRefused(server, list(server, token, era), why));
    }

    // C-67
    @Test
    void opensNoServerThatTrustsAnotherIssuer() {
        try (FakeIssuer other = new FakeIssuer()) {
            other.publishes(Outside.key());
            Published theirs = outside.trusting(outside.server(backEnd.url()), trust(other));

            assertRefused(theirs, list(theirs, outside.token(issuer), Era.LEGACY), "The token is of another issuer");
            assertRefused(theirs, list(theirs, outside.token(other), Era.LEGACY), "The token's signature is wrong");
        }
    }

    // C-68
    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void takesWritingToCallWhatMayChangeSomething(Era era) {
        String reader = outside.token(issuer, "openid mcp:read");

        assertEquals(200, call(server, reader, era, "find").statusCode());
        assertInsufficient(server, call(server, reader, era, "order"), ALL);
        assertInsufficient(server, call(server, reader, era, "unknown"), ALL);
        assertEquals("GET", backEnd.take().method());
        assertNull(backEnd.take());
    }

    // C-46, C-68
    @Test
    void goesByTheHintsThatTheServerGivesItsTools() {
        String reader = outside.token(issuer, "mcp:read");
        outside.change(server, shown -> shown.path("tools").forEach(tool -> ((ObjectNode) tool).putObject("annotations")
                .put("readOnlyHint", tool.path("name").asText().equals("order")))).statusCode(200);

        assertEquals(200, call(server, reader, Era.LEGACY, "order").statusCode());
        assertInsufficient(server, call(server, reader, Era.LEGACY, "find"), ALL);
    }

    /** What others say of their tools gives nobody a right. // C-68 */
    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void believesNoHintOfAThirdParty(Era era) {
        try (FakeUpstream upstream = new FakeUpstream(Era.DUAL)) {
            upstream.tools("{'name':'look','inputSchema':{'type':'object'},'annotations':{'readOnlyHint':true}}");
            Published proxy = deployment.proxy(upstream.url(), Map.of());
            String source = deployment.api().get("/api/mcp/mcp_servers/" + proxy.handle() + "?view=full").then()
                    .statusCode(200).extract().path("remote.upstream_id");
            deployment.api().body(Map.of("tools", List.of(), "sources", List.of(Map.of("upstream_id", source, "prefix", ""))))
                    .post("/api/mcp/mcp_servers/" + server.handle() + "/assign_tools?view=full").then().statusCode(200);
            String reader = outside.token(issuer, "mcp:read");
            assertEquals(200, call(server, outside.token(issuer), era, "look").statusCode());

            assertInsufficient(server, call(server, reader, era, "look"), ALL);
            assertEquals(1, upstream.asked("tools/call").size());
        }
    }

    // C-67, C-68
    @ParameterizedTest
    @CsvSource({ "'', , mcp:read", "mcp:write, , mcp:read", "mcp:read, mcp:write, mcp:read mcp:write",
            "mcp:write, mcp:write, mcp:read mcp:write", "openid, mcp:read, mcp:read" })
    void namesEveryScopeThatIsNeededAtOnce(String scope, String listed, String needed) {
        outside.trusting(server, listed == null ? trust(issuer) : trust(issuer, listed));
        String token = outside.token(issuer, scope);

        for (Era era : List.of(Era.LEGACY, Era.MODERN)) {
            assertInsufficient(server, list(server, token, era), needed);
        }
        try (EventStream stream = agent(server, token).listen()) {
            assertEquals(403, stream.status());
        }
        assertEquals(200, status(server, outside.token(issuer)));
    }

    // C-68
    @Test
    void findsScopesInEitherClaim() {
        JsonObject claims = outside.claims(issuer);
        claims.remove("scope");

        assertEquals(200, call(server, sign(claims.copy().put("scp", List.of("mcp:read", "mcp:write"))), Era.LEGACY,
                "order").statusCode());
        assertEquals(403, status(server, sign(claims)));
    }

    // C-67
    @Test
    void asksTheIssuerAboutOpaqueTokensWhereItMay() {
        outside.trusting(server, introspection(issuer));
        issuer.answers(FakeIssuer.INTROSPECTION,
                BackEnd.json("{\"active\":true,\"sub\":\"alice\",\"aud\":\"orders\",\"scope\":\"mcp:read\"}"));

        outside.clock.at(outside.clock.instant(), () -> {
            assertEquals(200, call(server, "opaque", Era.LEGACY, "find").statusCode());
            assertInsufficient(server, call(server, "opaque", Era.MODERN, "order"), ALL);
        });
        assertTrue(issuer.last(FakeIssuer.INTROSPECTION).body().contains("token=opaque"));
        assertEquals(1, issuer.asked(FakeIssuer.INTROSPECTION));

        issuer.answers(FakeIssuer.INTROSPECTION, BackEnd.json("{\"active\":false}"));
        assertRefused(server, list(server, "other", Era.LEGACY), "The token is not active");
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void letsNobodyInWhileTheIssuerIsDown(Era era) {
        issuer.answers(FakeIssuer.METADATA, response -> response.setStatusCode(503).end());

        HttpResponse<String> answer = list(server, outside.token(issuer), era);
        assertEquals(503, answer.statusCode(), answer.body());
        assertNull(challenge(answer.headers()));
        assertEquals(200, status(server, server.token()));
    }

    // C-67, P-13, D-7
    @Test
    void heedsAChangeOfTheTrustWithTheNextRequest() {
        String token = outside.token(issuer);
        assertEquals(200, status(server, token));

        outside.trusting(server, Map.of("issuerURL", issuer.url(), "audience", "invoices"));
        assertRefused(server, list(server, token, Era.LEGACY), "The token is meant for another audience");
        outside.trusting(server, trust(issuer));
        assertEquals(200, status(server, token));

        outside.trusting(server, null);
        HttpResponse<String> answer = list(server, token, Era.LEGACY);
        assertEquals(401, answer.statusCode());
        assertEquals("Bearer error=\"invalid_token\", error_description=\"The token does not open this MCP server\"",
                challenge(answer.headers()));
        assertEquals(200, status(server, server.token()));
    }

    private EventStream listening(String token, Era era) {
        Agent agent = agent(server, token);
        EventStream stream = era.isModern() ? agent.open(agent.modern(1, "subscriptions/listen",
                Map.of("notifications", Map.of("toolsListChanged", true)))) : agent.listen();
        assertEquals(200, stream.status());
        stream.next();
        return stream;
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void endsAStreamWhenTheTrustEnds(Era era) {
        try (EventStream stream = listening(outside.token(issuer), era);
                EventStream own = listening(server.token(), era)) {
            outside.trusting(server, null);
            awaitEnd(stream);
            outside.change(server, shown -> shown.put("disabled", true)).statusCode(200);
            awaitEnd(own);
        }
    }

    /** Clocks may differ by 30 seconds, which are nearly over. */
    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void endsAStreamWhenItsTokenExpires(Era era) {
        Instant now = outside.clock.instant();
        String token = sign(outside.claims(issuer).put("exp", now.getEpochSecond() - 27));
        try (EventStream stream = outside.clock.at(now, () -> listening(token, era))) {
            awaitEnd(stream);
        }
    }

    @ParameterizedTest
    @CsvSource({ "LEGACY, LEGACY", "LEGACY, MODERN", "MODERN, LEGACY", "MODERN, MODERN" })
    void opensProxyServersAlike(Era client, Era spoken) {
        try (FakeUpstream upstream = new FakeUpstream(spoken).tools(tool("find", "Finds."))) {
            Published proxy = outside.trusting(deployment.proxy(upstream.url(), Map.of()), trust(issuer));
            upstream.forget();

            assertRefused(proxy, list(proxy, "a.b.c", client), "The token is malformed");
            assertInsufficient(proxy, call(proxy, outside.token(issuer, "mcp:read"), client, "find"), ALL);
            assertTrue(upstream.asked("tools/call").isEmpty());

            HttpResponse<String> answer = inSession(proxy, outside.token(issuer), client, "tools/call",
                    Map.of("name", "find", "arguments", Map.of()));
            assertTrue(answer.body().contains("called find"), answer.body());
            assertFalse(upstream.await("tools/call").headers().contains("Authorization"));
            assertEquals(200, inSession(proxy, proxy.token(), client, "tools/list", Map.of()).statusCode());
        }
    }
}
