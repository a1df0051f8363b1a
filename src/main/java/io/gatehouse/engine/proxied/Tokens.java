package io.gatehouse.engine.proxied;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Gives a request a progress token of its own, for upstreams may tell requests apart by it, and agents that share a session
 * choose alike; what comes back has the agent's again, of its JSON type.
 */
final class Tokens {

    private static final String TOKEN = "progressToken";

    private final long own;
    private final JsonNode agents;
    private final Question asked;

    Tokens(long own, Question question) {
        this.own = own;
        this.agents = question.params().path("_meta").path(TOKEN);
        this.asked = agents.isMissingNode() ? question : exchanged(question);
    }

    private Question exchanged(Question question) {
        ObjectNode params = question.params().deepCopy();
        ((ObjectNode) params.path("_meta")).put(TOKEN, own);
        return new Question(question.method(), params, question.headers(), question.trail());
    }

    Question asked() {
        return asked;
    }

    /** Whether the message is a notification that the agent may see: progress only of this request. */
    boolean belongs(ObjectNode message) {
        return message.has("method") && !message.has("id")
                && (!isProgress(message) || !agents.isMissingNode() && message.at("/params/" + TOKEN).asLong(-1) == own);
    }

    ObjectNode restored(ObjectNode message) {
        if (isProgress(message)) {
            ((ObjectNode) message.path("params")).set(TOKEN, agents);
        }
        return message;
    }

    private static boolean isProgress(ObjectNode message) {
        return message.path("method").asText().equals("notifications/progress");
    }
}
