package io.gatehouse.platform;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Work that belongs on the event loop of a context. */
public final class Home {

    private Home() {
    }

    /** At once where that is here, or else on its next turn. */
    public static void run(Context home, Runnable work) {
        if (Context.isOnEventLoopThread() && Vertx.currentContext() == home) {
            work.run();
        } else {
            home.runOnContext(here -> work.run());
        }
    }
}
