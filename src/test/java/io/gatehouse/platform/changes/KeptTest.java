package io.gatehouse.platform.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** What is kept, shared, and never served stale. */
class KeptTest {

    private final FakeChanges changes = new FakeChanges();
    private final Deque<CompletableFuture<String>> loads = new ArrayDeque<>();
    private final Kept<String, String> kept = new Kept<>("test", changes, 100, value -> 1, value -> Set.of("topic"),
            key -> {
                CompletableFuture<String> load = new CompletableFuture<>();
                loads.add(load);
                return Uni.createFrom().completionStage(load);
            });
    private final List<String> answers = new ArrayList<>();

    private static final class FakeChanges extends Changes {

        private boolean heard = true;

        FakeChanges() {
            super(new Replica(), new Barrier(null, null) {
                @Override
                boolean heard(String message) {
                    return false;
                }
            });
        }

        @Override
        boolean areHeard() {
            return heard;
        }
    }

    private Cancellable ask() {
        return kept.get("key").subscribe().with(answers::add, failure -> answers.add(failure.toString()));
    }

    @Test
    void loadsOnce() {
        ask();
        loads.poll().complete("one");
        ask();

        assertEquals(List.of("one", "one"), answers);
        assertEquals(0, loads.size());
    }

    @Test
    void sharesALoadUnderWay() {
        ask();
        ask();
        assertEquals(1, loads.size());
        loads.poll().complete("one");

        assertEquals(List.of("one", "one"), answers);
    }

    @Test
    void loadsOnForTheOthersWhenOneGoesAway() {
        Cancellable first = ask();
        ask();
        ask().cancel();
        first.cancel();
        loads.poll().complete("one");

        assertEquals(List.of("one"), answers);
    }

    @Test
    void loadsAnewAfterAChangeOfAnIngredientOnly() {
        ask();
        loads.poll().complete("one");
        changes.heard("other");
        ask();
        changes.heard("topic");
        ask();
        loads.poll().complete("two");

        assertEquals(List.of("one", "one", "two"), answers);
    }

    @Test
    void keepsAndSharesNothingThatAChangeOvertook() {
        ask();
        changes.heard("topic");
        ask();
        assertEquals(2, loads.size());
        loads.poll().complete("stale");
        ask();
        assertEquals(1, loads.size());
        loads.poll().complete("fresh");
        ask();

        assertEquals(List.of("stale", "fresh", "fresh", "fresh"), answers);
    }

    @Test
    void trustsNothingWhileNoticesMayBeMissed() {
        ask();
        loads.poll().complete("one");
        changes.heard = false;
        ask();
        ask();
        assertEquals(2, loads.size());
        loads.poll().complete("two");
        loads.poll().complete("three");
        changes.heard = true;
        changes.heard(Changes.EVERYTHING);
        ask();

        assertEquals(List.of("one", "two", "three"), answers);
        assertEquals(1, loads.size());
    }

    @Test
    void keepsNoFailure() {
        ask();
        loads.poll().completeExceptionally(new IllegalStateException("x"));
        ask();
        loads.poll().complete("one");

        assertEquals(List.of("java.lang.IllegalStateException: x", "one"), answers);
    }

    @Test
    void isTrustedFromItsOwnHeartbeatOn() {
        Replica replica = new Replica();
        Replica peer = new Replica();
        String early = replica.heartbeat();

        assertEquals(false, replica.isCurrent());
        assertEquals(true, replica.heard(peer.heartbeat()));
        assertEquals(false, replica.isCurrent());
        assertEquals(true, replica.heard(early));
        assertEquals(true, replica.isCurrent());
        replica.distrust();
        assertEquals(false, replica.isCurrent());
        assertEquals(false, replica.heard("server:x"));
    }
}
