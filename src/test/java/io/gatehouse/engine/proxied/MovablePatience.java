package io.gatehouse.engine.proxied;

import java.time.Duration;

import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** That of the product; more of it where a test wants to know what is said at once, which a busy machine may delay. */
@Alternative
@Priority(1)
@Singleton
public class MovablePatience extends Patience {

    private volatile Duration longest;

    @Inject
    MovablePatience(Vertx vertx) {
        super(vertx);
    }

    /** Does the work with as much patience as anybody needs. */
    public void during(Runnable work) {
        longest = Duration.ofMinutes(1);
        try {
            work.run();
        } finally {
            longest = null;
        }
    }

    @Override
    Duration longest() {
        return longest != null ? longest : super.longest();
    }
}
