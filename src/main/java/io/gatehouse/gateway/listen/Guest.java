package io.gatehouse.gateway.listen;

import io.gatehouse.gateway.protocol.Published;

/** Somebody who stays at a server. Called by one thread at a time. */
public interface Guest {

    /** Something about the server was changed, or may have been. */
    void see(Published now);

    /** The server is there no more, or does not let the guest in any more. The last call. */
    void leave();
}
