package io.gatehouse.gateway.listen;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.gatehouse.gateway.protocol.PublishedServers.Answer;
import io.gatehouse.platform.changes.Changes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The guests of one server, and whether it is to be looked at. */
final class WatchedServer {

    private final String name;
    private final Set<Stay> stays = ConcurrentHashMap.newKeySet();
    private volatile Set<String> ingredients = Set.of();
    private boolean stirred;
    private volatile boolean looking;

    WatchedServer(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** @param topics whose change concerns the server as the guest found it */
    void enter(Stay stay, Set<String> topics) {
        stays.add(stay);
        if (ingredients.isEmpty()) {
            ingredients = topics;
        }
    }

    /** @return whether nobody is left */
    boolean exit(Stay stay) {
        stays.remove(stay);
        return stays.isEmpty();
    }

    /** What is just being looked at may turn out to be made of anything. */
    boolean concerns(String topic) {
        return looking || topic.equals(Changes.EVERYTHING) || ingredients.contains(topic)
                || stays.stream().anyMatch(stay -> stay.concerns(topic));
    }

    /** @return whether somebody has to look before long; not if somebody will anyway */
    synchronized boolean stir() {
        boolean wasCalm = !stirred;
        stirred = true;
        return wasCalm && !looking;
    }

    synchronized void beginLooking() {
        stirred = false;
        looking = true;
    }

    /** @return whether somebody has to look again; not where nobody is left, for such a one is forgotten */
    synchronized boolean endLooking() {
        looking = false;
        return stirred && !stays.isEmpty();
    }

    /**
     * Shows the server to each guest; fails with UNAVAILABLE when it can't be told of all of them whether they are let in.
     *
     * @return who has left
     */
    Uni<List<Stay>> show(Answer now) {
        ingredients = now.ingredients();
        return Multi.createFrom().items(stays.stream()).onItem().transformToUniAndConcatenate(stay -> seen(stay, now))
                .filter(Optional::isPresent).map(Optional::get).collect().asList();
    }

    private static Uni<Optional<Stay>> seen(Stay stay, Answer now) {
        if (now.server().isEmpty()) {
            stay.leave();
            return Uni.createFrom().item(Optional.of(stay));
        }
        return stay.see(now.server().get()).map(stays -> stays ? Optional.empty() : Optional.of(stay));
    }
}
