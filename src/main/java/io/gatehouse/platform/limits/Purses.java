package io.gatehouse.platform.limits;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What this replica has of all keys and windows. Any thread looks up; only the desk makes and forgets. */
final class Purses {

    private final Map<Window, Map<String, Purse>> purses = new EnumMap<>(Window.class);

    Purses() {
        for (Window window : Window.values()) {
            purses.put(window, new ConcurrentHashMap<>());
        }
    }

    /** What there is of the limit, or null. */
    Stock stock(Limit limit) {
        Purse purse = purses.get(limit.window()).get(limit.key());
        if (purse == null) {
            return null;
        }
        Stock stock = purse.stock();
        return stock.capacity() == limit.capacity() ? stock : null;
    }

    Purse get(Limit limit) {
        return purses.get(limit.window()).computeIfAbsent(limit.key(), key -> new Purse(key, limit.window()));
    }

    Stream<Purse> all() {
        return purses.values().stream().map(Map::values).flatMap(Collection::stream);
    }

    /** Each second. */
    void tick() {
        all().forEach(Purse::tick);
    }

    void forget() {
        purses.values().forEach(ofWindow -> ofWindow.values().removeIf(Purse::isForgotten));
    }

    long size() {
        return purses.values().stream().mapToLong(Map::size).sum();
    }

    long held() {
        return all().mapToLong(purse -> purse.stock().held()).sum();
    }
}
