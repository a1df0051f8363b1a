package io.gatehouse.gateway.listen;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.gatehouse.gateway.protocol.PublishedServers.Answer;
import io.gatehouse.platform.changes.Changes;

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
        return looking || topic.equals(Changes.EVERYTHING) || ingredients.contains(topic);
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

    /** @return who has left */
    Set<Stay> show(Answer now) {
        ingredients = now.ingredients();
        Set<Stay> left = ConcurrentHashMap.newKeySet();
        for (Stay stay : stays) {
            if (now.server().isEmpty()) {
                stay.leave();
                left.add(stay);
            } else if (!stay.see(now.server().get())) {
                left.add(stay);
            }
        }
        return left;
    }
}
