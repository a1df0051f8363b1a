package io.gatehouse.contract.oauth;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.util.URLUtils;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** People, servers that identity opens, and an application that people let in. */
@Singleton
class Identity {

    static final String REDIRECT = "https://app.example/callback";
    static final String VERIFIER = "v".repeat(43);
    static final String STATE = "the state";

    private static final String PAGE = "/oauth/authorize";

    @Inject
    Deployment deployment;
    @Inject
    Guests guests;

    /** @param resource its URL, as clients know it */
    record Guarded(String handle, int group, String resource) {

        Agent agent(String token) {
            return new Agent("http://localhost:" + RestAssured.port + "/mcp/" + handle, token);
        }
    }

    record Tokens(String access, String refresh) {
    }

    Wire wire() {
        return new Wire("http://localhost:" + RestAssured.port);
    }

    /** With a group of its own, which nobody is in yet. */
    Guarded server() {
        return server("workato_idp");
    }

    /** The same, opened in this way. */
    Guarded server(String method) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "Guarded", "folder_id", deployment.folder()));
        body.put("authentication_method", method);
        JsonPath server = deployment.api().body(body).post("/api/mcp/mcp_servers").then().statusCode(200).extract()
                .jsonPath();
        int group = deployment.api().body(Map.of("name", "Group " + UUID.randomUUID())).post("/api/iam/user_groups").then()
                .statusCode(200).extract().path("id");
        deployment.api().body(Map.of("user_group_ids", List.of(group)))
                .post("/api/mcp/mcp_servers/" + server.getString("handle") + "/assign_user_groups").then().statusCode(200);
        return new Guarded(server.getString("handle"), group, server.getString("mcp_url"));
    }

    void join(Guest person, Guarded server) {
        deployment.api().body(Map.of("user_ids", List.of(person.id())))
                .post("/api/iam/user_groups/" + server.group() + "/add_users").then().statusCode(200);
    }

    Answer register(Object metadata) {
        return wire().send(Request.of("POST", "/oauth/register").json(metadata));
    }

    /** A public client; its id. */
    String client(String redirectUri) {
        return register(Map.of("client_name", "The app", "redirect_uris", List.of(redirectUri),
                "token_endpoint_auth_method", "none")).json().path("client_id").asText();
    }

    /** What a good request for the server says. */
    Map<String, String> request(String client, Guarded server) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", client);
        request.put("redirect_uri", REDIRECT);
        request.put("state", STATE);
        request.put("code_challenge", challenge(VERIFIER));
        request.put("code_challenge_method", "S256");
        request.put("resource", server.resource());
        return request;
    }

    static String authorize(Map<String, String> request) {
        return PAGE + "?" + form(request);
    }

    static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream().map(field -> Browser.encoded(field.getKey()) + "="
                + Browser.encoded(field.getValue())).collect(Collectors.joining("&"));
    }

    /** Asks, signs in where that is wanted, and allows; the last page, which leads to the application. */
    Page allow(Browser browser, Guest person, Map<String, String> request) {
        Page page = browser.get(authorize(request));
        if (page.status() == 303 && page.header("Location").startsWith("sign-in?")) {
            browser.submit("/oauth/" + page.header("Location"), Map.of("email", person.email(), "password", Guests.PASSWORD));
            page = browser.get(authorize(request));
        }
        return page.status() == 200 ? browser.post(PAGE, Map.of("query", form(request), "decision", "allow")) : page;
    }

    /** What an answer says to the application. */
    static Map<String, String> said(Page page) {
        return URLUtils.parseParameters(URI.create(page.header("Location")).getRawQuery())
                .entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }

    /** A token request of a public client. */
    Answer token(Map<String, String> fields) {
        return wire().send(new Request("POST", "/oauth/token", Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form(fields).getBytes(StandardCharsets.UTF_8)));
    }

    Map<String, String> exchange(String client, String code) {
        return new LinkedHashMap<>(Map.of("grant_type", "authorization_code", "client_id", client, "code", code,
                "redirect_uri", REDIRECT, "code_verifier", VERIFIER));
    }

    static Map<String, String> refresh(String client, String token) {
        return new LinkedHashMap<>(Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", token));
    }

    /** The whole way of a person who may use the server. */
    Tokens letIn(Guest person, Guarded server, String client) {
        String code = said(allow(new Browser(), person, request(client, server))).get("code");
        return tokens(token(exchange(client, code)));
    }

    static Tokens tokens(Answer answer) {
        JsonNode body = answer.json();
        return new Tokens(body.path("access_token").asText(), body.path("refresh_token").asText());
    }
}
