package io.gatehouse.contract.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.mcp.BothDialects.Target;
import io.gatehouse.testing.Activity;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.BackEnd;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** Every call is recorded before it is answered, whatever comes of it. */
@QuarkusTest
class ActivityContractDbTest {

    private final BackEnd backEnd = new BackEnd();

    @Inject
    BothDialects dialects;
    @Inject
    Activity activity;

    private Target target;
    private Agent agent;

    @BeforeEach
    void publish() {
        target = dialects.target(backEnd.url());
        agent = target.agent();
    }

    @AfterEach
    void stop() {
        backEnd.close();
    }

    private Map<String, Object> last() {
        return activity.last(target.server().handle());
    }

    @ParameterizedTest
    @ValueSource(strings = { "legacy", "modern" })
    void tellsWhoCalledWhatAndWhatCameOfIt(String era) { // P-21, P-22
        Map<String, Object> call = Map.of("name", "first", "arguments", Map.of());

        agent.send(era.equals("legacy") ? agent.legacy(1, "tools/call", call) : agent.modern(1, "tools/call", call)).join();

        Map<String, Object> entry = last();
        assertEquals("tool_call success info 200", entry.get("type") + " " + entry.get("status") + " " + entry.get("level")
                + " " + entry.get("http_status"));
        assertEquals("tools/call first " + era, entry.get("method") + " " + entry.get("tool") + " " + entry.get("era"));
        assertTrue(entry.get("caller").toString().startsWith("token:"));
        assertEquals("api_token 127.0.0.1", entry.get("authentication") + " " + entry.get("address"));
        assertTrue(entry.get("user_agent").toString().startsWith("Java-http-client"));
        assertTrue((long) entry.get("duration") > 0);
        assertTrue((long) entry.get("request_bytes") > 50 && (long) entry.get("response_bytes") > 50);
        assertEquals("{}", entry.get("input"));
        assertTrue(entry.get("output").toString().startsWith("{\"content\":["), entry.get("output").toString());
        assertFalse((boolean) entry.get("output_cut"));
        assertNotNull(entry.get("request_id"));
        assertNull(entry.get("rule"));
    }

    @Test
    void recordsWhatWasRefusedAndByWhichRule() { // P-28
        target.agent("gmt_wrong").send(agent.legacy(1, "tools/list", Map.of())).join();
        agent = target.agent("gmt_wrong");
        agent.send(agent.legacy(1, "tools/list", Map.of())).join();

        Map<String, Object> entry = last();
        assertEquals("refused unauthorized 401 warning", entry.get("status") + " " + entry.get("rule") + " "
                + entry.get("http_status") + " " + entry.get("level"));
        assertNull(entry.get("caller"));
        assertEquals(2, activity.of(target.server().handle()).size());
    }

    @Test
    void tellsFaultsOfTheProtocolFromFailuresOfTools() {
        agent.send(agent.legacy(1, "tools/call", Map.of("name", "none"))).join();
        Map<String, Object> unknown = last();
        agent.send(agent.legacy(2, "tools/call", Map.of("name", "first", "arguments", Map.of("x", 1)))).join();

        assertEquals("error -32602 Unknown tool: none", unknown.get("status") + " " + unknown.get("error_code") + " "
                + unknown.get("message"));
        assertTrue(List.of("success", "tool_error").contains(last().get("status")));
    }
}
