package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import org.junit.jupiter.api.Test;

import io.vertx.core.Promise;

/** When a replica that starts lets calls come. */
class FirstContactTest {

    private final Deque<Promise<Void>> questions = new ArrayDeque<>();

    private FirstContact contact(Duration timeout) {
        return new FirstContact(() -> {
            questions.add(Promise.promise());
            return questions.getLast().future();
        }, timeout);
    }

    @Test
    void asksAgainUntilThereIsAnAnswer() {
        FirstContact contact = contact(Duration.ofHours(1));
        contact.attempt();
        contact.attempt();
        assertEquals(1, questions.size());

        questions.getLast().fail("refused");
        assertFalse(contact.isOver());
        contact.attempt();
        questions.getLast().complete();

        assertTrue(contact.isOver());
        contact.attempt();
        assertEquals(2, questions.size());
    }

    @Test
    void waitsForNothingForEver() {
        FirstContact contact = contact(Duration.ZERO);
        contact.attempt();

        assertTrue(contact.isOver());
    }
}
