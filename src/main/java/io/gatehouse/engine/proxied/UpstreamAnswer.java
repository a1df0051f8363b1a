package io.gatehouse.engine.proxied;

import io.gatehouse.platform.outbound.OutboundStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** An upstream's answer, which takes one of its places until it is read, cancelled or given up. */
public final class UpstreamAnswer {

    private final OutboundStream stream;
    private final boolean isStream;
    private final Runnable leave;
    private boolean left;

    UpstreamAnswer(OutboundStream stream, boolean isStream, Runnable leave) {
        this.stream = stream;
        this.isStream = isStream;
        this.leave = leave;
    }

    public int status() {
        return stream.status();
    }

    public MultiMap headers() {
        return stream.headers();
    }

    /** As {@link OutboundStream#body}. */
    public Multi<Buffer> body() {
        return stream.body(isStream).onTermination().invoke(this::leave);
    }

    /** As {@link OutboundStream#whole}. */
    public Uni<Buffer> whole(long most) {
        return stream.whole(most).onTermination().invoke(this::leave);
    }

    public void abort() {
        stream.abort();
        leave();
    }

    private void leave() {
        if (!left) {
            left = true;
            leave.run();
        }
    }
}
