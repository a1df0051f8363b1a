package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Outside.bearer;
import static io.gatehouse.contract.oauth.Outside.challenge;
import static io.gatehouse.contract.oauth.Outside.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** What clients that are not let in are told, and where they find out who would let them in (P-8). */
@QuarkusTest
class ChallengesContractDbTest {

    private static final String METADATA = "/.well-known/oauth-protected-resource/mcp/";
    private static final String ALL = "mcp:read mcp:write";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"p-1\",\"method\":\"ping\"}";

    @Inject
    Deployment deployment;
    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    Outside outside;

    private Answer metadata(String name) {
        return identity.wire().send(Request.of("GET", METADATA + name).header("Origin", "https://app.example"));
    }

    private Answer ping(String target) {
        return identity.wire().send(Request.of("POST", target).json(PING)
                .header("Accept", "application/json, text/event-stream"));
    }

    private static Published published(Guarded server) {
        return new Published(server.handle(), "none");
    }

    @Test
    void namesNoAuthorizationServerWhereOnlyTokensAreTaken() {
        Published server = deployment.createServer();

        Answer unknown = ping(server.path());
        assertEquals(401, unknown.status());
        assertEquals("Bearer", challenge(unknown.headers()));
        HttpResponse<String> refused = list(server, "wrong", Era.LEGACY);
        assertEquals(401, refused.statusCode());
        assertEquals("Bearer error=\"invalid_token\", error_description=\"The token does not open this MCP server\"",
                challenge(refused.headers()));
        assertEquals(404, metadata(server.handle()).status());
    }

    @Test
    void describesAServerByWhicheverUrlItIsKnown() {
        Published server = published(identity.server());
        String uri = outside.shown(server).path("relativeURI").asText().substring(1);

        for (String name : List.of(server.handle(), uri)) {
            Answer answer = metadata(name);
            assertEquals(200, answer.status());
            assertEquals("application/json", answer.contentType());
            assertEquals("*", answer.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
            assertEquals(Agent.json("{\"resource\":\"http://gatehouse.test/mcp/" + name + "\",\"authorization_servers\":"
                    + "[\"http://gatehouse.test/oauth\"],\"scopes_supported\":[\"mcp:read\",\"mcp:write\"],"
                    + "\"bearer_methods_supported\":[\"header\"],\"resource_name\":\"Guarded\"}"), answer.json());
            assertEquals(bearer(name, ALL), challenge(ping("/mcp/" + name).headers()));
        }
    }

    @Test
    void namesTheIssuerOutsideThatAServerTrusts() {
        try (FakeIssuer issuer = new FakeIssuer()) {
            Published server = outside.trusting(outside.server("http://localhost"), Outside.trust(issuer, "mcp:read"));

            Answer answer = metadata(server.handle());
            assertEquals("[\"" + issuer.url() + "\"]", answer.json().path("authorization_servers").toString());
            assertEquals("[\"mcp:read\"]", answer.json().path("scopes_supported").toString());

            outside.trusting(server, null);
            assertEquals(404, metadata(server.handle()).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { METADATA + "nobody", METADATA, METADATA + "a/b", METADATA + "%2e%2e",
            "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/",
            "/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource/v1",
            "/.well-known/oauth-protected-resource/api/x" })
    void describesNothingElse(String target) {
        assertEquals(404, identity.wire().send(Request.of("GET", target)).status());
    }

    @Test
    void saysNothingOfAServerThatIsOff() {
        Published server = published(identity.server());
        outside.change(server, shown -> shown.put("disabled", true)).statusCode(200);

        assertEquals(404, metadata(server.handle()).status());
        Answer answer = ping(server.path());
        assertEquals(404, answer.status());
        assertNull(challenge(answer.headers()));
    }

    @ParameterizedTest
    @EnumSource(names = { "LEGACY", "MODERN" })
    void challengesWithAllScopesAtOnce(Era era) {
        Published server = published(identity.server());

        HttpResponse<String> answer = list(server, "gmt_wrong", era);
        assertEquals(401, answer.statusCode());
        assertTrue(challenge(answer.headers()).startsWith(
                bearer(server.handle(), ALL) + ", error=\"invalid_token\", error_description=\""), challenge(answer.headers()));
    }

    @Test
    void challengesWhateverTheMethod() {
        Published server = published(identity.server());
        for (String method : List.of("GET", "DELETE")) {
            Answer answer = identity.wire().send(Request.of(method, server.path()).header("Accept", "text/event-stream"));
            assertEquals(401, answer.status());
            assertEquals(bearer(server.handle(), ALL), challenge(answer.headers()));
        }
    }

    @Test
    void echoesTheIdOfTheRequest() {
        Published server = published(identity.server());
        Answer answer = ping(server.path());
        assertEquals(401, answer.status());
        assertEquals("p-1", answer.json().path("id").asText());
        assertEquals(1401, answer.json().at("/error/code").asInt());
        assertEquals(1, Agent.json(list(server, "x", Era.MODERN).body()).path("id").asInt());
    }

    /** A client would go round in circles: no consent and no scope would let the person in. // P-9, P-10 */
    @Test
    void startsNoOAuthForWhoIsInNoGroup() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String token = identity.letIn(person, server, identity.client(Identity.REDIRECT)).access();
        deployment.api().body(Map.of("user_ids", List.of(person.id())))
                .delete("/api/iam/user_groups/" + server.group() + "/remove_users").then().statusCode(200);

        HttpResponse<String> answer = list(published(server), token, Era.LEGACY);
        assertEquals(403, answer.statusCode());
        assertNull(challenge(answer.headers()));
    }

    /** A URL is kept in logs and histories. */
    @Test
    void takesNoTokenFromTheUrlWhereOAuthLetsIn() {
        Guest person = guests.welcome();
        Guarded server = identity.server();
        identity.join(person, server);
        String token = identity.letIn(person, server, identity.client(Identity.REDIRECT)).access();
        try (FakeIssuer issuer = new FakeIssuer()) {
            issuer.publishes(Outside.KEY);
            Published trusting = outside.trusting(outside.server("http://localhost"), Outside.trust(issuer));

            assertEquals(bearer(server.handle(), ALL),
                    challenge(ping("/mcp/" + server.handle() + "?token=" + token).headers()));
            assertEquals(401, ping(trusting.path() + "?token=" + outside.token(issuer)).status());
            assertEquals(0, issuer.asked(FakeIssuer.METADATA));
        }
    }
}
