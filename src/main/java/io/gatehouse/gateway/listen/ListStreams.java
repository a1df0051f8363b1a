package io.gatehouse.gateway.listen;

import java.util.Map;

import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.protocol.Lists;
import io.gatehouse.gateway.stream.Events;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The streams on which composed servers tell of changes to their lists. */
@Singleton
public class ListStreams {

    /** A client that reads so slowly that more is waiting for it loses its stream. */
    private static final int MOST_WAITING = 64;

    private final Watch watch;

    @Inject
    ListStreams(Watch watch) {
        this.watch = watch;
    }

    /** @param last what the client last heard of the lists; null if it is new */
    public Reply open(Known known, ListNotices notices, Lists last) {
        Visit visit = Visit.of(known);
        Multi<Buffer> parts = Multi.createFrom().emitter(
                out -> begin(out, visit, notices, last == null ? visit.lists() : last), MOST_WAITING);
        return new Reply.Stream(200, Map.of("Content-Type", Events.TYPE), parts, Reply.Stream.Span.REST, notices.farewell());
    }

    private void begin(MultiEmitter<? super Buffer> out, Visit visit, ListNotices notices, Lists last) {
        Buffer opening = notices.opening(last);
        if (opening.length() > 0) {
            out.emit(opening);
        }
        ListStream stream = new ListStream(out, notices, last);
        if (notices.tools() || notices.prompts()) {
            stream.see(visit.lists());
            out.onTermination(watch.stay(visit, stream));
        } else {
            stream.leave();
        }
    }
}
