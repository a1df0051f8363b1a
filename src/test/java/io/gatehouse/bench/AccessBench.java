package io.gatehouse.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.packaged.Installation;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.Wire.Request;
import io.vertx.core.json.JsonObject;

/**
 * What a warm call costs by each way in, as a ratio to a server's own token: proxied {@code tools/call}s, in one run.
 * {@code ./mvnw verify -Pbench -Dit.test=AccessBench} runs it.
 */
class AccessBench {

    private static final int CONNECTIONS = 32;
    private static final String OWN = "token of the server";
    private static final String HEAD = """

            ### By way in, on %d connections

            | way in | requests/s | of %s | p50 ms | of %2$s | p99 ms | CPU s per 1,000 | of %2$s | errors |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|
            """;
    private static final String ROW = "| %s | %,.0f | %.2f | %.3f | %.2f | %.3f | %.3f | %.2f | %d |%n";

    private Gatehouse gatehouse;
    private BareProcess upstream;
    private PublicJsonWebKey key;

    @Test
    void comparesTheWaysIn() throws Exception {
        Report report = new Report(Path.of("target/bench-access.md"));
        report.circumstances();
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("key");
        try (Load load = new Load();
                FakeIssuer issuer = new FakeIssuer();
                BareProcess started = new BareProcess(Upstream.class);
                Gatehouse measured = new Gatehouse()) {
            upstream = started;
            gatehouse = measured;
            Map<String, Contender> ways = ways(issuer);
            for (Contender way : ways.values()) {
                load.warmUp(way);
            }
            Map<String, List<Measured>> rounds = new LinkedHashMap<>();
            for (int round = 0; round < Settings.rounds(); round++) {
                for (Map.Entry<String, Contender> way : ways.entrySet()) {
                    rounds.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                            .add(load.run(way.getValue(), CONNECTIONS, Settings.settling(), Settings.measured()));
                }
            }
            print(report, rounds);
        }
    }

    private static void print(Report report, Map<String, List<Measured>> rounds) throws Exception {
        report.print(HEAD, CONNECTIONS, OWN);
        Measured own = Measured.median(rounds.get(OWN));
        for (Map.Entry<String, List<Measured>> way : rounds.entrySet()) {
            Measured figure = Measured.median(way.getValue());
            report.print(ROW, way.getKey(), figure.perSecond(), figure.perSecond() / own.perSecond(), figure.p50(),
                    figure.p50() / own.p50(), figure.p99(), figure.cpuPerThousand(),
                    figure.cpuPerThousand() / own.cpuPerThousand(), figure.errors());
        }
    }

    private Map<String, Contender> ways(FakeIssuer issuer) {
        Map<String, Contender> ways = new LinkedHashMap<>();
        URI own = server();
        ways.put(OWN, contender(own, Gatehouse.token(own)));
        URI guarded = server();
        ways.put("JWT of Gatehouse's identity", contender(guarded, tokenOfAServiceAccount(guarded)));
        long now = Instant.now().getEpochSecond();
        JsonObject claims = new JsonObject().put("iss", issuer.url()).put("aud", "bench").put("sub", "alice")
                .put("scope", "mcp:read mcp:write").put("iat", now).put("exp", now + 3_600);
        issuer.publishes(key);
        issuer.answers(FakeIssuer.INTROSPECTION, BackEnd.json(claims.copy().put("active", true).encode()));
        ways.put("JWT of an issuer outside",
                contender(trusting(issuer, Map.of()), FakeIssuer.sign(claims, key, "RS256")));
        ways.put("opaque token, by introspection", contender(trusting(issuer, Map.of("useIntrospection", true, "clientId",
                "gatehouse", "clientSecret", "secret")), "opaque"));
        return ways;
    }

    private URI server() {
        return gatehouse.proxied(upstream.port(), "/mcp");
    }

    private Contender contender(URI server, String token) {
        Call call = Call.tool(upstream.port(), "/mcp");
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.put("Authorization", "Bearer " + token);
        return gatehouse.contender(new Call(call.method(), URI.create(gatehouse.installation().url()).getPort(),
                server.getPath(), headers, call.body()));
    }

    /** It is looked up as that of a person is. */
    private String tokenOfAServiceAccount(URI server) {
        Installation it = gatehouse.installation();
        String path = "/api/mcp/mcp_servers/" + server.getPath().replaceFirst("/mcp/", "");
        JsonNode shown = it.get(path).json();
        it.made("PUT", path, Map.of("name", shown.path("name").asText(), "folder_id", shown.path("folder_id").asInt(),
                "authentication_method", "workato_idp"));
        int group = it.made("POST", "/api/iam/user_groups", Map.of("name", "Bench")).path("id").asInt();
        it.made("POST", path + "/assign_user_groups", Map.of("user_group_ids", List.of(group)));
        JsonNode account = it.made("POST", "/api/iam/service_accounts", Map.of("name", "Bench"));
        it.made("POST", "/api/iam/service_accounts/" + account.path("id").asInt() + "/add_to_group",
                Map.of("user_group_id", group));
        String form = "grant_type=client_credentials&client_id=" + account.path("client_id").asText() + "&client_secret="
                + account.path("client_secret").asText();
        return it.wire().send(new Request("POST", "/oauth/token", Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8))).json().path("access_token").asText();
    }

    private URI trusting(FakeIssuer issuer, Map<String, Object> more) {
        URI server = server();
        Installation it = gatehouse.installation();
        String id = it.get("/api/mcp/mcp_servers/" + server.getPath().replaceFirst("/mcp/", "") + "?view=full").json()
                .path("_id").asText();
        ObjectNode shown = (ObjectNode) it.get("/v1/mcpservers/" + id).json();
        Map<String, Object> oauth = new HashMap<>(Map.of("issuerURL", issuer.url(), "audience", "bench"));
        oauth.putAll(more);
        it.made("PUT", "/v1/mcpservers/" + id, shown.putPOJO("oauth", oauth));
        return server;
    }
}
