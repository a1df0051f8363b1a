package io.gatehouse.platform.limits;

import java.util.List;

import io.vertx.core.Future;

/** Who knows what calls at a {@link Desk} ask, and what the answers mean. All but {@link #answer} is the desk's. */
interface Clerk<Q, A> {

    /** From memory, or null while it must wait. */
    A answer(Q question);

    /** Whether there is something to tell the engine, or to ask, though no call waits. */
    boolean hasNews();

    /** One statement for all, null where there is nothing to ask; completes when memory knows the answer. */
    Future<Void> ask(List<Q> questions);

    /** Asks for nothing, so that the connection is there before somebody needs it. */
    Future<?> greet();

    /** Each second. */
    void tick();

    /** The answer found nobody any more. */
    void undo(Q question, A answer);

    /** Gives up the statement that is under way. */
    void drop();
}
