package io.gatehouse.engine.proxied;

import java.util.List;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.Outcome;
import io.gatehouse.engine.Progress;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.ProxiedAction;
import io.gatehouse.platform.telemetry.Trail;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Calls one tool of a third-party MCP server. */
@Singleton
public class ProxiedExecutor {

    private static final Logger LOG = Logger.getLogger(ProxiedExecutor.class);

    private final Conversations conversations;
    private final Upstreams upstreams;

    @Inject
    ProxiedExecutor(Conversations conversations, Upstreams upstreams) {
        this.conversations = conversations;
        this.upstreams = upstreams;
    }

    /**
     * What the upstream answers, and every way in which it fails to, is an outcome.
     *
     * @param meta what the agent says beside the arguments; what it says of eras is left out
     */
    public Uni<Outcome> execute(ProxiedAction action, ObjectNode arguments, ObjectNode meta, Progress progress,
            Trail trail) {
        ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", action.toolName());
        params.set("arguments", arguments);
        params.set("_meta", meta(meta, progress));
        return conversations.ask(action.upstream(), new Question("tools/call", params, action.headers(), trail))
                .invoke(message -> report(message, progress))
                .collect().last().map(message -> outcome(action, message))
                .onFailure(Problem.class).recoverWithItem(problem -> Outcome.failure(Trouble.told(problem)))
                .onFailure().recoverWithItem(failure -> {
                    LOG.error("A tool of an upstream could not be called", failure);
                    return Outcome.failure("The call could not be carried out, for a reason that Gatehouse's log has");
                });
    }

    /** Nobody reads the log of a call, and its progress only who asked for it. */
    private static ObjectNode meta(ObjectNode agents, Progress progress) {
        ObjectNode meta = agents.deepCopy();
        meta.remove(List.of(Wording.LOG_LEVEL, "progressToken"));
        return progress == null ? meta : meta.put("progressToken", 0);
    }

    private static void report(ObjectNode message, Progress progress) {
        JsonNode params = message.path("params");
        if (progress != null && message.path("method").asText().equals("notifications/progress")
                && params.path("progress").isNumber()) {
            progress.report(params.path("progress").decimalValue(),
                    params.path("total").isNumber() ? params.path("total").decimalValue() : null,
                    params.path("message").textValue());
        }
    }

    private Outcome outcome(ProxiedAction action, ObjectNode response) {
        if (!(response.path("result") instanceof ObjectNode result)) {
            // It may not have the tool any more.
            upstreams.doubt(action.upstream());
            return Outcome.failure("The tool's MCP server answered with an error: "
                    + response.at("/error/message").asText("without a message"));
        }
        if (result.path("resultType").asText("complete").equals("complete")) {
            return Outcome.whole(Eras.forget(result));
        }
        return Outcome.failure("The tool's MCP server wants something that only its own clients can give: "
                + result.path("resultType").asText());
    }
}
