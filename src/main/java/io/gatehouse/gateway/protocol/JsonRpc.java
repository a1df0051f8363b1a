package io.gatehouse.gateway.protocol;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Reply;
import io.vertx.core.buffer.Buffer;

/** Writes JSON-RPC 2.0 messages. */
public final class JsonRpc {

    private static final byte[] END = "}".getBytes(StandardCharsets.UTF_8);

    private JsonRpc() {
    }

    /** @param result as JSON */
    public static Reply.Json reply(Message request, byte[] result) {
        byte[] begin = ("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":")
                .getBytes(StandardCharsets.UTF_8);
        return new Reply.Json(200, Buffer.buffer(begin.length + result.length + END.length).appendBytes(begin)
                .appendBytes(result).appendBytes(END));
    }

    /**
     * @param id null where none is known
     * @param data null for none
     */
    public static Buffer error(JsonNode id, int code, String message, JsonNode data) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        reply.set("id", id == null ? JsonNodeFactory.instance.nullNode() : id);
        ObjectNode error = reply.putObject("error").put("code", code).put("message", message);
        if (data != null) {
            error.set("data", data);
        }
        return Buffer.buffer(reply.toString());
    }
}
