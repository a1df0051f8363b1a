package io.gatehouse.upstreams;

import java.util.List;

import io.gatehouse.kernel.Caller;
import io.gatehouse.upstreams.Registrations.Dependent;
import io.smallrye.mutiny.Uni;

/** A room whose things take tools of upstreams over. */
public interface ToolTaker {

    /** Who has tools of the upstream. In the caller's session. */
    Uni<List<Dependent>> takersOf(long upstreamId);

    /** Who has chosen this very tool of an upstream. In the caller's session. */
    Uni<List<Dependent>> takersOfTool(long toolId);

    /**
     * Takes over what an upstream may have more than before. Outside of any transaction, after each look at the upstream, so
     * that what fails once is done the next time.
     */
    Uni<Void> follow(Caller caller, long upstreamId);
}
