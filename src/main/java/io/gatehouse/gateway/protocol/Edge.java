package io.gatehouse.gateway.protocol;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.smallrye.mutiny.Uni;

/** Speaks one era of MCP. */
public interface Edge {

    /** A word for records. */
    String era();

    /** Whether a client cancels a request by closing its stream. */
    boolean isModern();

    /** @throws Fault for a message that the era does not allow, whichever server it is for */
    void check(Turn turn);

    /** The answer to a call of a tool that was not called: a result from which the model learns why. */
    Reply.Json notCalled(Turn turn, String why);

    /** For a server of our own making. Fails with a {@link Fault}. */
    Uni<Reply> answer(Turn turn);
}
