package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;

import io.gatehouse.packaged.Surfer.Page;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** People sign in at a real Keycloak, and what its groups say decides which MCP servers they get to. */
class SingleSignOnIT {

    private static final String REDIRECT = "http://127.0.0.1:49152/application";

    private static Installation gatehouse;
    private static Keycloak keycloak;
    private static BackEnd backEnd;
    private static String url;
    private static String things;

    @BeforeAll
    static void start() throws Exception {
        String port = Installation.freePort();
        url = "http://localhost:" + port;
        keycloak = new Keycloak("corp", Files.readString(Path.of("src/test/resources/keycloak/corp.json"))
                .replace("GATEHOUSE", url));
        backEnd = new BackEnd();
        gatehouse = Installation.onLocalhost(port);
        keycloak.awaitListening();
        JsonNode provider = gatehouse.made("POST", "/api/iam/identity_providers", Map.of("name", "Corp", "issuer",
                keycloak.url(), "client_id", "gatehouse", "client_secret", "known to both"));
        assertEquals(url + "/oauth/sso/callback", provider.path("redirect_uri").asText());
        things = server("Things");
    }

    @AfterAll
    static void stop() throws IOException {
        keycloak.close();
        backEnd.close();
        gatehouse.close();
    }

    /** The URL of a server that is open to a group of the same name. */
    private static String server(String name) {
        JsonNode collection = gatehouse.made("POST", "/api/api_collections", Map.of("project_id", 1, "openapi_spec",
                Map.of("content", """
                        openapi: 3.0.0
                        info: {title: NAME, version: '1'}
                        servers: [{url: 'BACK-END'}]
                        paths: {/things: {get: {operationId: look}}}
                        """.replace("NAME", name).replace("BACK-END", backEnd.url()))));
        JsonNode server = gatehouse.made("POST", "/api/mcp/mcp_servers",
                Map.of("name", name, "folder_id", 1, "authentication_method", "sso"));
        String path = "/api/mcp/mcp_servers/" + server.path("handle").asText();
        gatehouse.made("POST", path + "/assign_tools", Map.of("tools", List.of(Map.of("trigger_application",
                "workato_api_platform", "id", collection.at("/import_report/tools/0/id").asText()))));
        int group = gatehouse.made("POST", "/api/iam/user_groups", Map.of("name", name)).path("id").asInt();
        gatehouse.made("POST", path + "/assign_user_groups", Map.of("user_group_ids", List.of(group)));
        return server.path("mcp_url").asText();
    }

    /** An application that knows nothing but the server's URL, and has found out and registered where it has to. */
    private static final class Application {

        private final String server;
        private final CodeVerifier verifier = new CodeVerifier();
        private final JsonNode issuer;
        private final String id;

        Application(String server) {
            this.server = server;
            Answer refused = call("nothing", "tools/list", Map.of());
            assertEquals(401, refused.status());
            Matcher metadata = Pattern.compile("resource_metadata=\"([^\"]*)\"")
                    .matcher(refused.headers().firstValue("WWW-Authenticate").orElseThrow());
            assertTrue(metadata.find());
            URI authority = URI.create(get(metadata.group(1)).at("/authorization_servers/0").asText());
            issuer = get(authority.resolve("/.well-known/oauth-authorization-server" + authority.getPath()).toString());
            id = send(issuer.path("registration_endpoint").asText(), Request.of("POST", "").json(Map.of("client_name",
                    "The application", "redirect_uris", List.of(REDIRECT), "token_endpoint_auth_method", "none"))).json()
                    .path("client_id").asText();
        }

        URI question() {
            return URI.create(issuer.path("authorization_endpoint").asText() + "?" + form(Map.of("response_type", "code",
                    "client_id", id, "redirect_uri", REDIRECT, "state", "the state", "resource", server,
                    "code_challenge_method", "S256", "code_challenge",
                    CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue())));
        }

        String token(Page end) {
            Map<String, List<String>> said = URLUtils.parseParameters(end.at().getRawQuery());
            assertEquals(List.of("the state"), said.get("state"));
            byte[] form = form(Map.of("grant_type", "authorization_code", "client_id", id, "code", said.get("code").get(0),
                    "redirect_uri", REDIRECT, "code_verifier", verifier.getValue(), "resource", server))
                    .getBytes(StandardCharsets.UTF_8);
            return send(issuer.path("token_endpoint").asText(), new Request("POST", "",
                    Map.of("Content-Type", "application/x-www-form-urlencoded"), form)).json().path("access_token").asText();
        }

        Answer call(String token, String method, Map<String, ?> params) {
            return send(server, Request.of("POST", "").header("Authorization", "Bearer " + token)
                    .header("Accept", "application/json, text/event-stream").header("MCP-Protocol-Version", "2025-11-25")
                    .json(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params)));
        }

        private static JsonNode get(String url) {
            return send(url, Request.of("GET", "")).json();
        }

        private static Answer send(String url, Request request) {
            return new Wire(url).send(request);
        }

        private static String form(Map<String, String> fields) {
            return URLUtils.serializeParametersAlt(fields.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, field -> new String[] { field.getValue() })));
        }
    }

    private static boolean asksForAPassword(Page page) {
        return page.at().toString().startsWith(keycloak.url()) && page.shows("kc-form-login");
    }

    private static Page signIn(Surfer person, Page page, String name) throws Exception {
        assertTrue(asksForAPassword(page), page.html());
        return person.submit(page, Map.of("username", name, "password", "the password of " + name));
    }

    // P-5, P-7: one sign-in at the provider serves every application and every server
    @Test
    void onePasswordOpensEveryServerToEveryApplication() throws Exception {
        Surfer ada = new Surfer();
        Application first = new Application(things);
        Page consent = signIn(ada, ada.get(first.question()), "ada");
        assertTrue(consent.shows("Ada Lovelace (ada@corp.example)"), consent.html());

        String token = first.token(ada.submit(consent, Map.of("decision", "allow")));
        Answer result = first.call(token, "tools/call", Map.of("name", "look", "arguments", Map.of()));

        assertEquals(200, result.status());
        assertFalse(result.json().at("/result/isError").asBoolean(), result.text());
        assertTrue(result.json().at("/result/content/0/text").asText().contains("ok"), result.text());
        assertEquals("/things", backEnd.take().uri());

        Application second = new Application(things);
        Page again = ada.get(second.question());
        assertTrue(again.shows("Let The application use Things?"), again.html());
        ada.forget("localhost");
        Page withoutOurSession = ada.get(second.question());
        assertTrue(withoutOurSession.shows("Let The application use Things?"), withoutOurSession.html());
        assertEquals(200, second.call(second.token(ada.submit(withoutOurSession, Map.of("decision", "allow"))), "tools/list",
                Map.of()).status());
    }

    // P-9: the provider's groups decide
    @Test
    void theGroupsOfTheProviderDecide() throws Exception {
        String others = server("Other things");
        Surfer bob = new Surfer();

        Page refused = signIn(bob, bob.get(new Application(things).question()), "bob");
        Page consent = bob.get(new Application(others).question());

        assertEquals(403, refused.status());
        assertTrue(refused.shows("You have no access to Things"), refused.html());
        assertTrue(consent.shows("Let The application use Other things?"), consent.html());
    }

    @Test
    void signingOutEndsTheSessionAtTheProviderToo() throws Exception {
        Surfer ada = new Surfer();
        Application application = new Application(things);
        signIn(ada, ada.get(application.question()), "ada");

        Page out = ada.submit(ada.get(URI.create(url + "/oauth/account")),
                Map.of());
        assertFalse(asksForAPassword(ada.get(application.question())));
        Page ended = ada.get(out.linkElsewhere());

        assertTrue(ended.at().getPath().equals("/oauth/sign-in") && ended.shows("Continue with Corp"), ended.html());
        Page account = ada.get(ended.at().resolve("account"));
        ada.submit(account, Map.of());
        assertTrue(asksForAPassword(ada.get(application.question())));
    }
}
