package io.gatehouse.gateway.listen;

import io.gatehouse.gateway.protocol.Lists;
import io.vertx.core.buffer.Buffer;

/** What a client wants to hear of lists, in the words of its era. */
public interface ListNotices {

    /** Whether it wants to hear of tools. */
    boolean tools();

    /** Whether it wants to hear of prompts. */
    boolean prompts();

    /**
     * Comes before everything else; empty for nothing.
     *
     * @param known what the client may take the lists for
     */
    Buffer opening(Lists known);

    Buffer toolsChanged(Lists now);

    Buffer promptsChanged(Lists now);

    /** The last words; empty for none. */
    Buffer farewell();
}
