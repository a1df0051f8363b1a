package io.gatehouse.upstreams;

import java.time.Instant;
import java.util.List;

import io.gatehouse.plan.Upstream.Era;

/**
 * How an upstream was found.
 *
 * @param asOf when it was asked; what was asked later counts more
 * @param tools names unique
 * @param oddity what could not be recorded, in words; or null
 */
record Sighting(Instant asOf, Era era, String card, List<SeenTool> tools, String oddity) {
}
