package io.gatehouse.platform.changes;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Where rooms announce what they changed and hear what others changed. A change is named by a topic such as
 * {@code server:12}; what a listener guards by a topic is stale once it hears of it.
 */
@Singleton
public class Changes {

    private static final Logger LOG = Logger.getLogger(Changes.class);

    static final String CHANNEL = "gatehouse_changes";

    /** Heard when notices may have been missed: everything that is guarded by any topic is stale. */
    public static final String EVERYTHING = "*";

    private static final String WORD = ">";

    private final Map<String, Consumer<String>> hearers = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Replica replica;
    private final Barrier barrier;

    @Inject
    Changes(Replica replica, Barrier barrier) {
        this.replica = replica;
        this.barrier = barrier;
    }

    /** Announces in the current transaction: heard by every replica if, and after, it commits. */
    public Uni<Void> announce(String topic) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select cast(pg_notify(?1, ?2) as text)", String.class)
                        .setParameter(1, CHANNEL).setParameter(2, topic).getSingleResultOrNull())
                .replaceWithVoid();
    }

    /** Announces many topics, each as if by itself. */
    public Uni<Void> announce(List<String> topics) {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                "select count(pg_notify(?1, topic)) from unnest(string_to_array(?2, ' ')) topic", Long.class)
                .setParameter(1, CHANNEL).setParameter(2, String.join(" ", topics)).getSingleResult()).replaceWithVoid();
    }

    /** Says something to every replica at once, outside of any transaction; it may be lost. */
    public void say(String topic) {
        barrier.say(topic).subscribe().with(said -> {
        }, failure -> LOG.debugf("Not said: %s", topic));
    }

    /**
     * Tells every running replica, this one too, something that is no change: nothing kept becomes stale by it. It may be
     * lost.
     *
     * @param subject what it is about, without a colon
     */
    public void tell(String subject, String message) {
        say(WORD + subject + ':' + message);
    }

    /** @param hearer called on an event loop; must not block */
    public void hear(String subject, Consumer<String> hearer) {
        hearers.put(subject, hearer);
    }

    /**
     * Completes when every replica acts on all that was announced in transactions that are committed by now. Fails with
     * UNAVAILABLE when that can't be had within some seconds.
     */
    public Uni<Void> settle() {
        return barrier.settle();
    }

    /** The listener is called on an event loop, in the order of the commits, and must not block. */
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Whether this replica surely hears notices now; while it may not, nothing kept in memory is to be trusted. */
    boolean areHeard() {
        return replica.isCurrent();
    }

    void heard(String message) {
        if (message.startsWith(WORD)) {
            int colon = message.indexOf(':');
            hearers.getOrDefault(message.substring(WORD.length(), colon), nobody -> {
            }).accept(message.substring(colon + 1));
        } else if (!replica.heard(message) && !barrier.heard(message)) {
            listeners.forEach(listener -> listener.accept(message));
        }
    }
}
