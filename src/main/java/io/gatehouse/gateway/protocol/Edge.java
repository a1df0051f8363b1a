package io.gatehouse.gateway.protocol;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.smallrye.mutiny.Uni;

/** Speaks one era of MCP. */
public interface Edge {

    /** A word for records. */
    String era();

    /** Whether a client cancels a request by closing its stream. */
    boolean endsWithItsStream();

    /** Fails with a {@link Fault} for what the era does not allow. */
    Uni<Reply> answer(Turn turn);
}
