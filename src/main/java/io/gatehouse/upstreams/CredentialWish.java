package io.gatehouse.upstreams;

import io.gatehouse.connections.Scheme;

/**
 * The credential that an upstream is to be shown: of a connection that is there, or of one to be made.
 *
 * @param connectionId null for a new one
 * @param scheme of a new one; {@link Scheme#NONE} for no credential
 * @param secret of a new one; null for the one that is there, if it is shown like that
 */
public record CredentialWish(Long connectionId, Scheme scheme, String secret) {

    boolean lacksSecret() {
        return connectionId == null && scheme.kind() != Scheme.Kind.NONE && secret == null;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return connectionId == null ? "a new connection" : "connection " + connectionId;
    }
}
