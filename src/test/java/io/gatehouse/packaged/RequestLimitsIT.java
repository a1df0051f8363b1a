package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** How many management requests one workspace, or one of its clients, may send. */
class RequestLimitsIT {

    private static final Map<String, String> FIVE = Map.of("GATEHOUSE_LIMITS_WORKATO_REQUESTS_PER_MINUTE", "5",
            "GATEHOUSE_LIMITS_CELIGO_BURST", "5", "GATEHOUSE_LIMITS_CELIGO_REFILL_PER_SECOND", "1");

    private static PostgresServer database;
    private static Wire byWorkspace;
    private static Wire byClient;
    private static final List<Replica> REPLICAS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.empty();
        byWorkspace = new Wire(start(Map.of()).url());
        byClient = new Wire(start(Map.of("GATEHOUSE_LIMITS_KEY", "client")).url());
    }

    private static Replica start(Map<String, String> more) throws Exception {
        Map<String, String> settings = Replica.settings(database);
        settings.putAll(FIVE);
        settings.putAll(more);
        REPLICAS.add(new Replica(settings).awaitListening());
        return REPLICAS.get(REPLICAS.size() - 1);
    }

    @AfterAll
    static void stop() throws Exception {
        REPLICAS.forEach(Replica::close);
        database.close();
    }

    private static String client() throws Exception {
        return Replica.administrator(new Replica(Replica.settings(database), "admin-token").awaitEnd());
    }

    private static Answer get(Wire wire, String client, String path) {
        return wire.send(Request.of("GET", path).header("Authorization", "Bearer " + client));
    }

    private static List<Integer> statuses(Wire wire, String client, String path, int count) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(get(wire, client, path).status());
        }
        return statuses;
    }

    private static int wait(Answer refused) {
        assertEquals(429, refused.status(), refused.text());
        return Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
    }

    // W-6, C-8, D-15: each dialect has a limit of its own, for the whole workspace
    @Test
    void refusesWhatIsTooMuchInTheDialectsWords() throws Exception {
        String one = client();
        String other = client();
        String servers = "/api/mcp/mcp_servers";

        assertEquals(Collections.nCopies(3, 200), statuses(byWorkspace, one, servers, 3));
        assertEquals(List.of(200, 404), List.of(get(byWorkspace, other, servers).status(),
                get(byWorkspace, other, servers + "/nope").status()));
        for (String client : List.of(one, other)) {
            Answer refused = get(byWorkspace, client, servers);
            int wait = wait(refused);
            assertTrue(wait >= 1 && wait <= 60, "Retry-After: " + wait);
            assertEquals("rate_limit_exceeded", refused.json().path("code").asText());
            assertTrue(refused.json().path("message").isTextual());
            assertEquals(2, refused.json().size());
        }

        List<Integer> there = statuses(byWorkspace, one, "/v1/mcpservers", 5);
        Answer refused = get(byWorkspace, one, "/v1/mcpservers");
        while (refused.status() != 429) {
            refused = get(byWorkspace, one, "/v1/mcpservers");
        }
        assertEquals(Collections.nCopies(5, 204), there);
        assertEquals(1, wait(refused));
        assertEquals("rate_limited", refused.json().at("/errors/0/code").asText());
        assertTrue(refused.json().at("/errors/0/message").isTextual());
    }

    // W-6: by client where that is configured; who is nobody is told so, however often
    @Test
    void countsEachClientForItselfWhereItIsToldTo() throws Exception {
        String one = client();
        String other = client();

        assertEquals(List.of(200, 200, 200, 200, 200, 429, 429), statuses(byClient, one, "/api/users/me", 7));
        assertEquals(Collections.nCopies(5, 200), statuses(byClient, other, "/api/users/me", 5));
        wait(get(byClient, other, "/api/users/me"));
        assertEquals(Collections.nCopies(7, 401), statuses(byClient, "nobody", "/api/users/me", 7));
    }
}
