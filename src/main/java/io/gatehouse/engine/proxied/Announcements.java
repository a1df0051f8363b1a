package io.gatehouse.engine.proxied;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.mutiny.Multi;

/**
 * What an upstream announces to somebody who listens.
 *
 * @param interests that it satisfies
 * @param notifications of the legacy era; end when the upstream ends them, and must be subscribed to
 */
public record Announcements(Interests interests, Multi<ObjectNode> notifications) {

    /** The upstream announces nothing. */
    static final Announcements NONE = new Announcements(Interests.NONE, Multi.createFrom().empty());
}
