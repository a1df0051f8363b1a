package io.gatehouse.gateway.stage;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.stream.OpenStreams;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Lets the era's edge answer; streams are counted. */
@Singleton
public class Dispatch {

    private final OpenStreams streams;

    @Inject
    Dispatch(OpenStreams streams) {
        this.streams = streams;
    }

    public Uni<Reply> answer(Turn turn) {
        return turn.edge().answer(turn).map(reply -> streams.admit(turn, reply));
    }
}
