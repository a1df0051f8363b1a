package io.gatehouse.gateway.listen;

import java.time.Instant;

import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.Lists;
import io.gatehouse.gateway.protocol.Published;
import io.gatehouse.gateway.stage.Admit;
import io.gatehouse.gateway.stage.Authenticate;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;

/** One guest, and what lets it in. */
final class Stay {

    private final Admit admit;
    private final Authenticate authenticate;
    private final Visit visit;
    private final Guest guest;
    private volatile long timer = -1;
    private Lists seen;
    private boolean over;

    Stay(Admit admit, Authenticate authenticate, Visit visit, Guest guest) {
        this.admit = admit;
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

    /** Whether a change of this may end the guest's right. */
    boolean concerns(String topic) {
        return visit.rights().contains(topic);
    }

    /**
     * Shows the guest what the server is now, if it is still let in.
     *
     * @return whether it stays; fails with UNAVAILABLE where that can't be told
     */
    Uni<Boolean> see(Published now) {
        if (now.plan().serverId() != visit.serverId()) {
            return Uni.createFrom().item(() -> show(now, false));
        }
        return Uni.createFrom().item(new Located(visit.arrival(), now)).invoke(admit::check).chain(authenticate::identify)
                .map(known -> known.caller().subject().equals(visit.subject()))
                .onFailure(Stay::isRefusal).recoverWithItem(false)
                .map(letIn -> show(now, letIn));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Fault || failure instanceof Problem problem && problem.kind() == Problem.Kind.FORBIDDEN;
    }

    private synchronized boolean show(Published now, boolean letIn) {
        if (!over && !letIn) {
            leave();
        }
        if (!over && seen != now.lists()) {
            seen = now.lists();
            guest.see(now);
        }
        return !over;
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
