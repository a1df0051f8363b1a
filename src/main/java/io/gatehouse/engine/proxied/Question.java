package io.gatehouse.engine.proxied;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.HeaderParameter;
import io.gatehouse.platform.telemetry.Trail;

/**
 * A request to an upstream, in no era.
 *
 * @param params as the method has them; what {@code _meta} says of eras is replaced
 * @param headers the arguments that the upstream wants repeated in headers
 * @param trail of the request that causes it
 */
public record Question(String method, ObjectNode params, List<HeaderParameter> headers, Trail trail) {

    /** Of Gatehouse's own. */
    public Question(String method, ObjectNode params) {
        this(method, params, List.of(), Trail.NONE);
    }

    Question with(Trail other) {
        return new Question(method, params, headers, other);
    }

    /** @return null for other requests than calls of tools */
    String tool() {
        return method.equals("tools/call") ? params.path("name").asText() : null;
    }
}
