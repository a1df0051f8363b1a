package io.gatehouse.contract.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.contract.mcp.Limited.Era;
import io.gatehouse.contract.mcp.Limited.Kind;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.EventStream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;

/** From where a server may be called. The tests' trusted proxies are 127.0.0.77 and 127.0.0.78. */
@QuarkusTest
class AddressRulesContractDbTest {

    private static final Map<String, ?> ECHO = Map.of("name", "echo");

    @Inject
    Deployment deployment;
    @Inject
    Vertx vertx;

    private Limited target;

    @AfterEach
    void stop() {
        target.close();
    }

    private void target(Kind kind, Era era, String policy) {
        target = new Limited(deployment, kind, era);
        target.policy(policy);
    }

    /** The status for a call that comes from this address of the machine. */
    private int from(String address, String... forwarded) {
        try {
            return vertx.createHttpClient(new HttpClientOptions().setLocalAddress(address))
                    .request(HttpMethod.POST, RestAssured.port, "localhost", target.server.path()).compose(request -> {
                        request.putHeader("Authorization", "Bearer " + target.server.token())
                                .putHeader("Content-Type", "application/json");
                        for (String line : forwarded) {
                            request.headers().add("X-Forwarded-For", line);
                        }
                        // Here, on the loop, or the answer may be over
                        return request.send(Buffer
                                .buffer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}"))
                                .compose(response -> response.body().map(response.statusCode()));
                    }).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    // P-3, P-4, P-16
    @ParameterizedTest
    @MethodSource("io.gatehouse.contract.mcp.LimitsContractDbTest#everywhere")
    void refusesTheDeniedBeforeItAsksWhoTheyAre(Kind kind, Era era) {
        target(kind, era, "{'ip_denylist':['127.0.0.0/8']}");
        Agent stranger = new Deployment.Published(target.server.handle(), "nonsense").agent();

        for (Agent agent : new Agent[] { target.server.agent(), stranger }) {
            HttpResponse<String> refused = Limited.send(agent, era, 9, "tools/call", ECHO);
            assertEquals(403, refused.statusCode());
            JsonNode body = Agent.json(refused.body());
            assertEquals(1403, body.at("/error/code").asInt());
            assertEquals(9, body.path("id").asInt());
            assertTrue(refused.headers().firstValue("WWW-Authenticate").isEmpty(), "or clients begin to sign in");
        }
        assertEquals(403, target.send(era, 1, "tools/list", Map.of()).statusCode());
        assertEquals(0, target.arrivals());
        target.policy("{'ip_denylist':null}");
        assertEquals(200, target.call(era, "echo").statusCode());
    }

    // P-16, W-57: deny wins, and an empty allowlist is for everybody
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "[]|[]|200", "['127.0.0.1']|[]|200", "['127.0.0.0/30','10.0.0.0/8']|[]|200",
            "['10.0.0.0/8']|[]|403", "['::1']|[]|403", "[]|['127.0.0.1']|403", "[]|['127.0.0.2']|200",
            "['127.0.0.1']|['127.0.0.0/8']|403", "['0.0.0.0/0']|['127.0.0.1']|403", "[]|['::ffff:127.0.0.1']|403",
            "[]|['::ffff:7f00:1/128']|403", "[]|['::ffff:127.0.0.0/104']|403", "['::ffff:127.0.0.1']|[]|200",
            "[]|['::/0']|200", "['::/0']|[]|403" })
    void judgesTheAddress(String allowed, String denied, int status) {
        target(Kind.COMPOSED, Era.LEGACY, "{'ip_allowlist':" + allowed + ",'ip_denylist':" + denied + "}");

        assertEquals(status, from("127.0.0.1"));
        assertEquals(status == 200 ? 1 : 0, target.arrivals());
    }

    // P-16: what a stranger says of itself is not believed
    @ParameterizedTest
    @ValueSource(strings = { "10.1.1.1", "127.0.0.77", "10.1.1.1, 127.0.0.77", "unknown", "" })
    void believesNoForgedAddress(String forged) {
        target(Kind.COMPOSED, Era.LEGACY, "{'ip_allowlist':['10.0.0.0/8','127.0.0.77']}");
        assertEquals(403, from("127.0.0.1", forged));

        target.policy("{'ip_allowlist':null,'ip_denylist':['127.0.0.1']}");
        assertEquals(403, from("127.0.0.1", forged));
        assertEquals(0, target.arrivals());
    }

    // P-16: nor what a client writes into the header before a trusted proxy adds to it
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "10.1.1.1|200", "192.0.2.1|403", "10.1.1.1, 192.0.2.1|403",
            "192.0.2.1, 10.1.1.1|200", "10.1.1.1, 127.0.0.78|200", "10.1.1.1, 192.0.2.1, 127.0.0.78|403",
            "10.1.1.1, 10.6.6.6|403", "::ffff:10.6.6.6|403", "[::ffff:10.6.6.6]:80|403", "::ffff:10.1.1.1|200",
            "10.1.1.1:4711|200", "unknown|403", "10.1.1.1, unknown|403", "10.1.1.1, 10.0.0.0/8|403", "2001:db8::1|403" })
    void believesTrustedProxiesAboutWhoCameToThem(String forwarded, int status) {
        target(Kind.COMPOSED, Era.LEGACY, "{'ip_allowlist':['10.0.0.0/8'],'ip_denylist':['10.6.6.6']}");

        assertEquals(status, from("127.0.0.77", forwarded));
        assertEquals(status, from("127.0.0.78", "10.1.1.1", forwarded));
        assertEquals(status == 200 ? 2 : 0, target.arrivals());
    }

    // P-16: an address that nobody can tell is on no list
    @Test
    void refusesAnUnknownAddressOnceThereIsAList() {
        target(Kind.COMPOSED, Era.LEGACY, "{'ip_denylist':['10.6.6.6']}");
        assertEquals(403, from("127.0.0.77", "unknown"));

        target.policy("{'ip_denylist':null}");
        assertEquals(200, from("127.0.0.77", "unknown"));
    }

    // P-16: who listens is let out when the address is
    @Test
    void endsTheStreamsOfWhoIsDeniedMeanwhile() {
        target(Kind.COMPOSED, Era.LEGACY, "{}");
        try (EventStream stream = target.server.agent().listen()) {
            assertEquals(200, stream.status());

            target.policy("{'ip_denylist':['127.0.0.1']}");

            EventStream.Event last = stream.next();
            while (!last.isEnd()) {
                last = stream.next();
            }
        }
    }
}
