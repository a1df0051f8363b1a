package io.gatehouse.gateway.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.proxied.Eras;
import io.gatehouse.gateway.protocol.LegacyForm;
import io.gatehouse.gateway.protocol.Message;

/**
 * Makes a response of 2026-07-28 one of the legacy era. Where the upstream wants an answer of the client first, the request
 * has failed, for nothing was offered that could give one: a tool says so in its result, anything else by an error.
 */
final class LegacyAnswer {

    private static final int MORE_IS_WANTED = 1_428;
    private static final int INVALID_PARAMS = -32_602;
    private static final int LEGACY_NOT_FOUND = -32_002;

    private LegacyAnswer() {
    }

    static ObjectNode of(Message request, ObjectNode response) {
        String method = request.method();
        if (!(response.path("result") instanceof ObjectNode result)) {
            // Of a request that names a resource, little else can be invalid.
            if (method.equals("resources/read") && request.params().path("uri").isTextual()
                    && response.at("/error/code").asInt() == INVALID_PARAMS) {
                ((ObjectNode) response.path("error")).put("code", LEGACY_NOT_FOUND);
            }
            return response;
        }
        if (!result.path("resultType").asText("complete").equals("complete")) {
            return failed(method, response, wanted(result));
        }
        Eras.forget(result);
        switch (method) {
            case "tools/list" -> LegacyForm.toolList(result);
            case "tools/call" -> LegacyForm.callResult(result);
            default -> {
                // The eras agree on the others.
            }
        }
        return response;
    }

    private static ObjectNode failed(String method, ObjectNode response, String why) {
        response.remove("result");
        if (method.equals("tools/call")) {
            ObjectNode result = response.putObject("result").put("isError", true);
            result.putArray("content").addObject().put("type", "text").put("text", why);
        } else {
            response.putObject("error").put("code", MORE_IS_WANTED).put("message", why);
        }
        return response;
    }

    private static String wanted(ObjectNode result) {
        StringBuilder text = new StringBuilder("This call needs something first that this client was not asked for.");
        for (JsonNode request : result.path("inputRequests")) {
            JsonNode params = request.path("params");
            if (params.path("url").isTextual()) {
                text.append(' ').append(params.path("message").asText()).append(" Open ").append(params.path("url").asText());
            }
        }
        return text.toString();
    }
}
