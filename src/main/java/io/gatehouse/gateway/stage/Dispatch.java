package io.gatehouse.gateway.stage;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Lets the era's edge answer. */
@Singleton
public class Dispatch {

    public Uni<Reply> answer(Turn turn) {
        return turn.edge().answer(turn);
    }
}
