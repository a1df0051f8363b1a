package io.gatehouse.gateway.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.listen.ListNotices;
import io.gatehouse.gateway.stream.Events;
import io.vertx.core.buffer.Buffer;

/**
 * What a modern client subscribes to by {@code subscriptions/listen} (2026-07-28, Subscriptions). A composed server has no
 * resources, so wishes that concern them are not honoured.
 *
 * @param id of the request, which every message repeats as it came
 * @param serverInfo how the server calls itself
 */
record Subscription(JsonNode id, JsonNode serverInfo, boolean tools, boolean prompts) implements ListNotices {

    private static final String TOOLS = "toolsListChanged";
    private static final String PROMPTS = "promptsListChanged";
    private static final String RESOURCES = "resourcesListChanged";
    private static final String UPDATES = "resourceSubscriptions";
    private static final int LONGEST_ID = 1_000;

    /** @throws Fault for what is no subscription */
    static Subscription of(Message request, JsonNode serverInfo) {
        JsonNode wishes = request.params().path("notifications");
        if (!wishes.isObject()) {
            throw Fault.inBand("notifications must be an object");
        }
        if (request.id().asText().length() > LONGEST_ID) {
            throw Fault.inBand("The id is repeated in every message and may have " + LONGEST_ID + " characters at most");
        }
        isWished(wishes, RESOURCES);
        checkUris(wishes.path(UPDATES));
        return new Subscription(request.id(), serverInfo, isWished(wishes, TOOLS), isWished(wishes, PROMPTS));
    }

    private static boolean isWished(JsonNode wishes, String type) {
        JsonNode wish = wishes.path(type);
        if (!wish.isMissingNode() && !wish.isBoolean()) {
            throw Fault.inBand("notifications." + type + " must be a boolean");
        }
        return wish.asBoolean();
    }

    private static void checkUris(JsonNode uris) {
        boolean isFine = uris.isMissingNode() || uris.isArray();
        for (JsonNode uri : uris) {
            isFine &= uri.isTextual();
        }
        if (!isFine) {
            throw Fault.inBand("notifications." + UPDATES + " must be an array of strings");
        }
    }

    @Override
    public Buffer opening(Lists known) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        ObjectNode honoured = params.putObject("notifications");
        if (tools) {
            honoured.put(TOOLS, true);
        }
        if (prompts) {
            honoured.put(PROMPTS, true);
        }
        return notification("notifications/subscriptions/acknowledged", params);
    }

    @Override
    public Buffer toolsChanged(Lists now) {
        return notification("notifications/tools/list_changed", JsonNodeFactory.instance.objectNode());
    }

    @Override
    public Buffer promptsChanged(Lists now) {
        return notification("notifications/prompts/list_changed", JsonNodeFactory.instance.objectNode());
    }

    private Buffer notification(String method, ObjectNode params) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
        sign(params);
        message.set("params", params);
        return Events.message(message.toString());
    }

    @Override
    public Buffer farewell() {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        message.set("id", id);
        sign(message.putObject("result").put("resultType", "complete")).set(Envelope.SERVER_INFO, serverInfo);
        return Events.message(message.toString());
    }

    private ObjectNode sign(ObjectNode signed) {
        ObjectNode meta = signed.putObject("_meta");
        meta.set(Envelope.SUBSCRIPTION, id);
        return meta;
    }
}
