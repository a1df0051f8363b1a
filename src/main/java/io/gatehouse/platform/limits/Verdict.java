package io.gatehouse.platform.limits;

import java.util.List;

/**
 * Whether a call may go on.
 *
 * @param standings of all limits that were asked about, after this call
 * @param exceeded which refuses the call, the one of the longest wait; null when the call is admitted
 */
public record Verdict(List<Standing> standings, Standing exceeded) {

    public boolean isAdmitted() {
        return exceeded == null;
    }
}
