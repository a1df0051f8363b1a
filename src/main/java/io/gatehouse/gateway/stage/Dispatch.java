package io.gatehouse.gateway.stage;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.proxy.Proxy;
import io.gatehouse.gateway.stream.OpenStreams;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Lets the era's edge answer, or the proxy where the server stands for another; streams are counted. */
@Singleton
public class Dispatch {

    private final Proxy proxy;
    private final OpenStreams streams;

    @Inject
    Dispatch(Proxy proxy, OpenStreams streams) {
        this.proxy = proxy;
        this.streams = streams;
    }

    public Uni<Reply> answer(Turn turn) {
        turn.edge().check(turn);
        return streams.admit(turn, () -> turn.known().located().server().remoteTools() == null
                ? turn.edge().answer(turn)
                : proxy.answer(turn));
    }
}
