package io.gatehouse.engine.proxied;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.Upstream.Era;

/**
 * What an upstream says of itself when it is asked.
 *
 * @param card as in {@link io.gatehouse.plan.Upstream}
 * @param tools all of them, as it lists them, in its order
 */
public record Discovery(Era era, String card, List<ObjectNode> tools) {
}
