package io.gatehouse.platform.limits;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Somebody who waits at a desk; goes on where it is at home, or goes away. */
final class Waiting<Q, A> {

    private final Q question;
    private final UniEmitter<? super A> emitter;
    private final AtomicInteger count;
    private final Executor home = home();
    private final long since = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param count of all who wait */
    Waiting(Q question, UniEmitter<? super A> emitter, AtomicInteger count) {
        this.question = question;
        this.emitter = emitter;
        this.count = count;
        count.incrementAndGet();
        emitter.onTermination(this::isFirstEnd);
    }

    /** Where the current thread's work goes on. */
    static Executor home() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : work -> context.runOnContext(here -> work.run());
    }

    static Problem unavailable(Throwable cause) {
        return Problem.unavailable("Calls can't be counted right now; try again in a moment", cause);
    }

    Q question() {
        return question;
    }

    /** In the time of this process. */
    long since() {
        return since;
    }

    boolean isOver() {
        return over.get();
    }

    private boolean isFirstEnd() {
        boolean isFirst = over.compareAndSet(false, true);
        if (isFirst) {
            count.decrementAndGet();
        }
        return isFirst;
    }

    /** @param undo for the answer that nobody is there for any more */
    void complete(A answer, Runnable undo) {
        home.execute(() -> {
            if (isFirstEnd()) {
                emitter.complete(answer);
            } else {
                undo.run();
            }
        });
    }

    void fail(Throwable cause) {
        home.execute(() -> {
            if (isFirstEnd()) {
                emitter.fail(unavailable(cause));
            }
        });
    }
}
