package io.gatehouse.engine.proxied;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.gatehouse.kernel.Problem;

class LineTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Line line = new Line(2, now::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            line.enter();
            line.failed();
            line.leave();
        }
    }

    private void pass(long seconds) {
        now.addAndGet(seconds * 1_000_000_000L);
    }

    @Test
    void takesNoMoreCallsThanItMayAtOnce() {
        line.enter();
        line.enter();

        Problem problem = assertThrows(Problem.class, line::enter);
        line.leave();

        assertEquals(Problem.Kind.UNAVAILABLE, problem.kind());
        line.enter();
    }

    @Test
    void breaksAfterFailuresInARow() {
        fail(4);
        line.enter();
        line.worked();
        line.leave();
        fail(4);
        line.enter();

        assertTrue(line.failed(), "the fifth in a row breaks it");
        line.leave();
        assertThrows(Problem.class, line::enter);
    }

    @Test
    void letsOneCallTryAfterARest() {
        fail(5);
        pass(6);

        line.enter();

        assertThrows(Problem.class, line::enter, "one only");
        assertFalse(line.failed(), "it was broken before");
        line.leave();
        pass(4);
        assertThrows(Problem.class, line::enter);
        pass(2);
        line.enter();
        line.worked();
        line.enter();
    }

    @Test
    void letsStreamsPassWhileItIsFull() {
        line.enter();
        line.enter();

        line.check();

        assertEquals(2, line.calls());
    }

    @Test
    void letsNoStreamPassWhileItRests() {
        fail(5);
        assertThrows(Problem.class, line::check);

        pass(6);

        line.check();
        line.enter();
        assertThrows(Problem.class, line::check, "somebody tries");
    }
}
