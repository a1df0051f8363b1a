package io.gatehouse.engine.proxied;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.gatehouse.plan.Upstream;
import io.gatehouse.plan.Upstream.Era;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

class SessionsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> begun = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Sessions sessions = new Sessions(2, nanos::incrementAndGet, upstream -> {
        begun.add(upstream.name());
        return Uni.createFrom().item(new LegacySession(upstream.name() + begun.size(), null, "2025-11-25", null));
    }, (upstream, session) -> {
        ended.add(session.id());
        return Uni.createFrom().voidItem();
    });

    private static Upstream upstream(long id, String name) {
        return new Upstream(id, name, URI.create("https://example.com"), null, Duration.ofSeconds(1), Era.LEGACY, "{}");
    }

    private String use(long id, String name) {
        return sessions.use(upstream(id, name), session -> Multi.createFrom().item(session.id())).toUni().await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void keepsOneForEachUpstream() {
        assertEquals(List.of("a1", "b2", "a1"), List.of(use(1, "a"), use(2, "b"), use(1, "a")));
        assertEquals(List.of(), ended);
    }

    @Test
    void endsTheOneThatIsNotUsedForTheLongestTime() {
        use(1, "a");
        use(2, "b");
        use(1, "a");
        use(3, "c");

        assertEquals(List.of("b2"), ended);
    }

    @Test
    void endsThoseThatNobodyUsesForLong() {
        use(1, "a");
        nanos.addAndGet(Duration.ofHours(2).toNanos());
        use(2, "b");

        assertEquals(List.of("a1"), ended);
    }

    @Test
    void endsThoseOfAnUpstreamThatChanges() {
        use(1, "a");
        use(2, "b");
        sessions.changed("*");
        sessions.changed("upstream:2");

        assertEquals(List.of("b2"), ended);
    }

    @Test
    void endsAllAtLast() {
        use(1, "a");
        use(2, "b");
        sessions.endAll().await().atMost(Duration.ofSeconds(30));

        assertEquals(List.of("a1", "b2"), ended.stream().sorted().toList());
    }

    @Test
    void endsOneThatIsNoGoodAndInUseWhenItsLastUserIsDone() {
        List<String> heard = new ArrayList<>();
        var calls = sessions.use(upstream(1, "a"), session -> Multi.createFrom().<String> nothing()).subscribe()
                .with(heard::add);
        sessions.use(upstream(1, "a"), session -> Multi.createFrom().<String> failure(new Talk.SessionGone(404, null)))
                .subscribe().with(heard::add, failure -> heard.add("gone"));
        assertEquals(List.of("gone"), heard);
        assertEquals(List.of(), ended);
        assertEquals("a2", use(1, "a"));

        calls.cancel();

        assertEquals(List.of("a1"), ended);
    }
}
