package io.gatehouse.tools.operation;

import io.gatehouse.connections.Scheme;
import io.gatehouse.connections.Scheme.Kind;

/**
 * A connection to the back end of a collection, as far as its maker says.
 *
 * @param kind by the secret that is given
 * @param scheme how the secret is shown; null to take it from the document
 * @param securityScheme the one of the document to take, by name; null for the first of the kind
 */
public record ConnectionWish(String name, Kind kind, Scheme scheme, String securityScheme, String secret,
        String baseUrl) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "connection " + name;
    }
}
