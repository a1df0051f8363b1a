package io.gatehouse.platform.changes;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.platform.Shared;
import io.gatehouse.platform.telemetry.Meters;
import io.smallrye.mutiny.Uni;

/**
 * Values that are loaded on demand and kept in memory until a change makes them stale. Loads of one key are shared. A
 * load that a change overtakes is answered to those who asked before the change, but neither kept nor shared further.
 * While this replica may miss notices, every value is loaded anew.
 */
public final class Kept<K, V> {

    private final Changes changes;
    private final Cache<K, V> values;
    private final Shared<K, V> loading = new Shared<>();
    private final LongAdder loads = new LongAdder();
    private final AtomicLong heard = new AtomicLong();
    private final Function<V, Set<String>> ingredients;
    private final Function<K, Uni<V>> load;

    /**
     * @param name in metrics
     * @param most the weight of all that is kept, at most; the least used go first
     * @param ingredients the topics whose change makes a value stale
     * @param load reads a value; never null
     */
    public Kept(String name, Changes changes, long most, ToIntFunction<V> weight, Function<V, Set<String>> ingredients,
            Function<K, Uni<V>> load) {
        this.changes = changes;
        this.values = Caffeine.newBuilder().maximumWeight(most)
                .weigher((K key, V value) -> weight.applyAsInt(value)).build();
        this.ingredients = ingredients;
        this.load = load;
        Meters.cache(name, values);
        Meters.loads(name, loads);
        changes.listen(this::changed);
    }

    public Uni<V> get(K key) {
        if (!changes.areHeard()) {
            return Uni.createFrom().deferred(() -> load.apply(key));
        }
        V value = values.getIfPresent(key);
        return value != null ? Uni.createFrom().item(value) : loading.of(key, () -> loadAndKeep(key));
    }

    /** Lets go of a value that turned out to be no good any more, unless another has taken its place. */
    public void forget(K key, V value) {
        values.asMap().remove(key, value);
    }

    private Uni<V> loadAndKeep(K key) {
        long before = heard.get();
        loads.increment();
        return load.apply(key).invoke(value -> keep(key, value, before));
    }

    private synchronized void keep(K key, V value, long before) {
        if (heard.get() == before && changes.areHeard()) {
            values.put(key, value);
        }
    }

    private synchronized void changed(String topic) {
        heard.incrementAndGet();
        loading.forget();
        if (topic.equals(Changes.EVERYTHING)) {
            values.invalidateAll();
        } else {
            values.asMap().values().removeIf(value -> ingredients.apply(value).contains(topic));
        }
    }
}
