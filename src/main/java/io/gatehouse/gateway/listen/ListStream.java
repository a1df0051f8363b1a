package io.gatehouse.gateway.listen;

import io.gatehouse.gateway.protocol.Lists;
import io.gatehouse.gateway.protocol.Published;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.buffer.Buffer;

/** Tells one client which lists have changed: each change once, and nothing that it did not ask for or can't see. */
final class ListStream implements Guest {

    private final MultiEmitter<? super Buffer> out;
    private final ListNotices notices;
    private Lists known;

    /** @param known how the lists were when the client last heard of them */
    ListStream(MultiEmitter<? super Buffer> out, ListNotices notices, Lists known) {
        this.out = out;
        this.notices = notices;
        this.known = known;
    }

    @Override
    public void see(Published server) {
        see(server.lists());
    }

    void see(Lists now) {
        Lists before = known;
        known = now;
        if (notices.tools() && !before.tools().equals(now.tools())) {
            out.emit(notices.toolsChanged(new Lists(now.tools(), before.prompts())));
        }
        if (notices.prompts() && !before.prompts().equals(now.prompts())) {
            out.emit(notices.promptsChanged(now));
        }
    }

    @Override
    public void leave() {
        if (notices.farewell().length() > 0) {
            out.emit(notices.farewell());
        }
        out.complete();
    }
}
