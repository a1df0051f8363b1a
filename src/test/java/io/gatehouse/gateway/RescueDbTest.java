package io.gatehouse.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.IntNode;

import io.gatehouse.gateway.stage.Rescue;
import io.gatehouse.kernel.Problem;
import io.gatehouse.testing.Told;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** What an operator reads of requests that could not be served. // P-21 */
@QuarkusTest
class RescueDbTest {

    private static final int REQUESTS = 1_000;

    @Inject
    Rescue rescue;

    private int status(Problem problem) {
        Observation observation = new Observation("request");
        observation.message("tools/call", IntNode.valueOf(1));
        return rescue.reply(new Arrival("::1", "localhost", "handle", "POST", null, null, null, null, observation), problem)
                .await().indefinitely().status();
    }

    @Test
    void aDatabaseThatIsAwayIsALineASecondWhoeverAsks() {
        long began = System.nanoTime();
        try (Told told = new Told(Rescue.class)) {
            for (int i = 0; i < REQUESTS; i++) {
                assertEquals(503, status(Problem.unavailable("The MCP server can't be read now", new IOException("away"))));
            }
            long seconds = (System.nanoTime() - began) / 1_000_000_000L;
            assertTrue(told.records().size() <= seconds + 2, () -> told.records().size() + " lines in " + seconds + " s");
        }
    }
}
