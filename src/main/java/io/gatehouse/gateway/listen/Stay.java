package io.gatehouse.gateway.listen;

import java.time.Instant;

import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.protocol.Lists;
import io.gatehouse.gateway.protocol.Published;
import io.gatehouse.gateway.stage.Authenticate;
import io.gatehouse.kernel.Problem;

/** One guest, and what lets it in. */
final class Stay {

    private final Authenticate authenticate;
    private final Visit visit;
    private final Guest guest;
    private volatile long timer = -1;
    private Lists seen;
    private boolean over;

    Stay(Authenticate authenticate, Visit visit, Guest guest) {
        this.authenticate = authenticate;
        this.visit = visit;
        this.guest = guest;
        this.seen = visit.lists();
    }

    String server() {
        return visit.arrival().handle();
    }

    Instant until() {
        return visit.until();
    }

    /** The timer for when the credential expires, or one that is none. */
    long timer() {
        return timer;
    }

    void timer(long id) {
        timer = id;
    }

    /**
     * Shows the guest what the server is now.
     *
     * @return whether it stays
     */
    synchronized boolean see(Published now) {
        if (!over && !isLetIn(now)) {
            leave();
        }
        if (!over && seen != now.lists()) {
            seen = now.lists();
            guest.see(now);
        }
        return !over;
    }

    private boolean isLetIn(Published now) {
        if (now.plan().serverId() != visit.serverId()) {
            return false;
        }
        try {
            return authenticate.identify(new Located(visit.arrival(), now)).caller().subject().equals(visit.subject());
        } catch (Problem refused) {
            return false;
        }
    }

    synchronized void leave() {
        if (!over) {
            over = true;
            guest.leave();
        }
    }

    /** The guest goes by itself. */
    synchronized void end() {
        over = true;
    }
}
