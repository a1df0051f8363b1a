package io.gatehouse.gateway.proxy;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.listen.Visit;
import io.gatehouse.gateway.listen.Watch;
import io.gatehouse.gateway.stream.Asides;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Stays beside the streams on which clients of proxy servers listen: they end when the server or the client's right to it
 * does, and tell of what was changed here like of what the upstream changes.
 */
@Singleton
class Attendance {

    private final Watch watch;

    @Inject
    Attendance(Watch watch) {
        this.watch = watch;
    }

    /** The same reply; attended, if it is a stream that is open for as long as somebody listens. */
    Reply attend(Turn turn, Reply reply) {
        if (!(reply instanceof Reply.Stream stream) || stream.span() != Reply.Stream.Span.REST || !stream.isEvents()) {
            return reply;
        }
        JsonNode subscription = turn.message().id();
        Buffer notice = subscription == null || isWanted(turn) ? MessageStreams.toolsChanged(subscription) : null;
        return stream.with(attended(stream, Visit.of(turn.known()), notice,
                turn.known().located().server().remoteTools().plan().upstream().url(), subscription != null));
    }

    /** What a server does not promise, it does not acknowledge, and what is not acknowledged is not sent. */
    private static boolean isWanted(Turn turn) {
        return turn.message().params().at("/notifications/toolsListChanged").asBoolean()
                && Card.of(turn).capabilities().at("/tools/listChanged").asBoolean();
    }

    private Multi<Buffer> attended(Reply.Stream stream, Visit visit, Buffer notice, URI upstream, boolean firstIsTheirs) {
        return Multi.createFrom().deferred(() -> {
            Asides asides = new Asides(stream.parts(), firstIsTheirs);
            Attendant attendant = new Attendant(asides, notice, stream.farewell(), upstream, visit.lists().tools());
            Runnable[] leave = new Runnable[1];
            return asides.onSubscription().invoke(() -> leave[0] = watch.stay(visit, attendant))
                    .onTermination().invoke(() -> leave[0].run());
        });
    }
}
