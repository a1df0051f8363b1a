package io.gatehouse.gateway.proxy;

import java.net.URI;

import io.gatehouse.gateway.listen.Guest;
import io.gatehouse.gateway.protocol.Published;
import io.gatehouse.gateway.stream.Asides;
import io.vertx.core.buffer.Buffer;

/** Speaks and ends for one client that listens to an upstream. Holds on to nothing of the server, for plans are large. */
final class Attendant implements Guest {

    private final Asides stream;
    private final Buffer notice;
    private final Buffer farewell;
    private final URI upstream;
    private String tools;

    /**
     * @param notice of changed tools; null if the client does not want it
     * @param upstream that is listened to
     * @param tools what the client may take the list of tools for
     */
    Attendant(Asides stream, Buffer notice, Buffer farewell, URI upstream, String tools) {
        this.stream = stream;
        this.notice = notice;
        this.farewell = farewell;
        this.upstream = upstream;
        this.tools = tools;
    }

    /** What comes from another place than the server stands for now is not the server's. */
    @Override
    public void see(Published now) {
        if (now.remoteTools() == null || !now.remoteTools().plan().upstream().url().equals(upstream)) {
            leave();
            return;
        }
        boolean changed = !tools.equals(now.lists().tools());
        tools = now.lists().tools();
        if (changed && notice != null) {
            stream.say(notice);
        }
    }

    @Override
    public void leave() {
        stream.end(farewell);
    }
}
