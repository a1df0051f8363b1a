package io.gatehouse.gateway.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.CallLimit.Part;
import io.gatehouse.plan.CallLimit.Period;
import io.gatehouse.platform.limits.Counters;
import io.gatehouse.platform.limits.Limit;
import io.gatehouse.platform.limits.Standing;
import io.gatehouse.platform.limits.Verdict;
import io.gatehouse.platform.limits.Window;
import io.smallrye.mutiny.Uni;

/** How seldom the month is asked for. // P-17 */
class QuotaTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Limit limit = new Limit("k", Window.MONTH, 9);
    private long now;
    private int asked;
    private long left = 9;
    private boolean away;

    private final Quota quota = new Quota(
            new CallLimit(Part.SERVER, "quota_limit.requests_per_month", "k", Period.MONTH, 9), () -> now);

    private final Counters counters = new Counters() {

        @Override
        public Uni<Verdict> admit(List<Limit> limits) {
            return Uni.createFrom().item(admitFromMemory(limits));
        }

        @Override
        public Verdict admitFromMemory(List<Limit> limits) {
            throw new AssertionError("nothing is counted");
        }

        @Override
        public Uni<List<Standing>> standings(List<Limit> limits) {
            asked++;
            return away ? Uni.createFrom().failure(Problem.unavailable("away", null))
                    : Uni.createFrom().item(List.of(new Standing(limits.get(0), left, Duration.ofDays(3))));
        }
    };

    private long left() {
        return quota.standing(counters).await().indefinitely().left();
    }

    @Test
    void asksOnceASecondHoweverOftenItIsAsked() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(9, left());
        }
        left = 0;
        now += SECOND.toNanos();

        for (int i = 0; i < 1_000; i++) {
            assertEquals(0, left());
        }
        assertEquals(2, asked);
    }

    @Test
    void learnsFromCalls() {
        quota.learn(List.of(new Standing(new Limit("k", Window.HOUR, 9), 7, SECOND), new Standing(limit, 0, SECOND)));

        assertEquals(0, left());
        assertEquals(0, asked);
    }

    @Test
    void keepsToWhatItKnowsUntilTheMonthEnds() {
        left = 0;
        left();
        away = true;
        now += Duration.ofDays(2).toNanos();
        assertEquals(0, left());
        now += Duration.ofDays(2).toNanos();

        assertThrows(Problem.class, this::left);
    }

    @Test
    void saysThatItKnowsNothing() {
        away = true;

        assertThrows(Problem.class, this::left);
    }
}
