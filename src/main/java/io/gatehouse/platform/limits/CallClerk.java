package io.gatehouse.platform.limits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.gatehouse.platform.limits.Engine.Demand;
import io.vertx.core.Future;

/**
 * Admits calls from memory, and asks the engine for those that must wait: for them, and a little in advance where many
 * came lately. What a call did not need after all goes back with the next statement, which follows at once.
 */
final class CallClerk implements Clerk<List<Limit>, CallClerk.Outcome> {

    private final Engine engine;
    private final Clock clock;
    private final Purses purses;
    /** Whose purses may have news, beside those of waiting calls. */
    private final Set<Purse> noted = new HashSet<>();
    private List<Purse> asked = List.of();

    CallClerk(Engine engine, Clock clock, Purses purses) {
        this.engine = engine;
        this.clock = clock;
        this.purses = purses;
    }

    /** @param taken from where the call was taken, when it is admitted */
    record Outcome(Verdict verdict, Stock[] taken) {

        boolean isLow() {
            boolean isLow = false;
            for (Stock stock : taken) {
                isLow |= stock.isLow();
            }
            return isLow;
        }
    }

    /** On any thread. */
    @Override
    public Outcome answer(List<Limit> limits) {
        long now = System.nanoTime();
        Stock[] taken = new Stock[limits.size()];
        for (int i = 0; i < taken.length; i++) {
            Stock stock = purses.stock(limits.get(i));
            if (stock == null || !stock.take(now)) {
                putBack(taken, i);
                return refusal(limits, now);
            }
            taken[i] = stock;
        }
        List<Standing> standings = new ArrayList<>(taken.length);
        for (int i = 0; i < taken.length; i++) {
            standings.add(taken[i].standing(limits.get(i), now));
        }
        return new Outcome(new Verdict(standings, null), taken);
    }

    private static void putBack(Stock[] taken, int count) {
        for (int i = 0; i < count; i++) {
            taken[i].put();
        }
    }

    /** Null where no limit is known to be used up. */
    private Outcome refusal(List<Limit> limits, long now) {
        Standing exceeded = null;
        for (Limit limit : limits) {
            Stock stock = purses.stock(limit);
            if (stock != null && stock.refuses(now)) {
                Standing standing = stock.standing(limit, now);
                exceeded = exceeded == null || standing.reset().compareTo(exceeded.reset()) > 0 ? standing : exceeded;
            }
        }
        return exceeded == null ? null
                : new Outcome(new Verdict(limits.stream().map(limit -> standing(limit, now)).toList(), exceeded),
                        new Stock[0]);
    }

    private Standing standing(Limit limit, long now) {
        Stock stock = purses.stock(limit);
        if (stock != null && !stock.isOver(now)) {
            return stock.standing(limit, now);
        }
        Instant time = clock.instant();
        return new Standing(limit, limit.capacity(), Duration.between(time, limit.window().next(time)));
    }

    void note(List<Limit> limits) {
        limits.forEach(limit -> noted.add(purses.get(limit)));
    }

    @Override
    public void tick() {
        purses.tick();
        if (asked.isEmpty()) {
            purses.forget();
        }
        purses.all().filter(purse -> purse.hasNews() || purse.more() > 0).forEach(noted::add);
    }

    /** Everything goes back. */
    void close() {
        purses.all().forEach(purse -> {
            purse.close();
            noted.add(purse);
        });
    }

    @Override
    public boolean hasNews() {
        asked.stream().filter(Purse::hasNews).forEach(noted::add);
        asked = List.of();
        return !noted.isEmpty();
    }

    @Override
    public Future<Void> ask(List<List<Limit>> calls) {
        hasNews();
        long now = System.nanoTime();
        Map<Purse, Need> needs = new TreeMap<>(Comparator.comparing(Purse::key).thenComparing(Purse::window));
        calls.forEach(limits -> Need.add(limits.stream().map(purses::get).toList(),
                limits.stream().map(Limit::capacity).toList(), needs, now));
        noted.forEach(purse -> needs.computeIfAbsent(purse, one -> one.need(now)));
        noted.clear();
        needs.entrySet().removeIf(entry -> entry.getValue().wanted() == 0 && !entry.getKey().hasNews()
                && entry.getKey().more() == 0);
        if (needs.isEmpty()) {
            return null;
        }
        asked = List.copyOf(needs.keySet());
        return count(asked, needs.entrySet().stream().map(entry -> entry.getKey().demand(entry.getValue())).toList());
    }

    private Future<Void> count(List<Purse> asking, List<Demand> demands) {
        long sent = System.nanoTime();
        return engine.count(demands).map(grants -> {
            for (int i = 0; i < grants.size(); i++) {
                asking.get(i).add(grants.get(i), demands.get(i), sent);
            }
            return null;
        });
    }

    @Override
    public void undo(List<Limit> limits, Outcome outcome) {
        putBack(outcome.taken(), outcome.taken().length);
        note(limits);
    }

    @Override
    public Future<?> greet() {
        return engine.count(List.of());
    }

    @Override
    public void drop() {
        engine.drop();
    }
}
