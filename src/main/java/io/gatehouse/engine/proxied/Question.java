package io.gatehouse.engine.proxied;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.HeaderParameter;

/**
 * A request to an upstream, in no era.
 *
 * @param params as the method has them; what {@code _meta} says of eras is replaced
 * @param headers the arguments that the upstream wants repeated in headers
 */
public record Question(String method, ObjectNode params, List<HeaderParameter> headers) {

    public Question(String method, ObjectNode params) {
        this(method, params, List.of());
    }
}
