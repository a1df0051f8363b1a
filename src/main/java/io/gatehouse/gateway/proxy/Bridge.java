package io.gatehouse.gateway.proxy;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.proxied.Conversations;
import io.gatehouse.engine.proxied.Question;
import io.gatehouse.engine.proxied.Upstreams;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.RemoteTools;
import io.gatehouse.gateway.protocol.Acceptance;
import io.gatehouse.gateway.protocol.FirstByte;
import io.gatehouse.gateway.stream.LargestAnswer;
import io.gatehouse.gateway.stream.StreamSettings;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.HeaderParameter;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.platform.telemetry.Trail;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What both bridges do: ask the upstream in its era, under the rules for tools, and answer under the client's id. */
@Singleton
class Bridge {

    private final Conversations conversations;
    private final Upstreams upstreams;
    private final LargestAnswer largest;
    private final StreamSettings settings;

    @Inject
    Bridge(Conversations conversations, Upstreams upstreams, LargestAnswer largest, StreamSettings settings) {
        this.conversations = conversations;
        this.upstreams = upstreams;
        this.largest = largest;
        this.settings = settings;
    }

    /**
     * @param passes tells which notifications the client is to see
     * @param translate makes the response one of the client's era
     * @param status of HTTP for a response
     */
    Uni<Reply> ask(Turn turn, Predicate<ObjectNode> passes, UnaryOperator<ObjectNode> translate,
            ToIntFunction<ObjectNode> status) {
        RemoteTools tools = turn.known().located().server().remoteTools();
        Uni<Reply> answer = FirstDecides.of(conversations.ask(tools.plan().upstream(), question(turn, tools))
                .select().where(message -> !message.has("method") || passes.test(message))
                .map(message -> message.has("method") ? message : translate.apply(own(turn, tools, message))),
                (first, all) -> all == null
                        ? new Reply.Json(status.applyAsInt(first), Buffer.buffer(first.toString()))
                        : MessageStreams.stream(all, largest))
                .onFailure(Problem.class).transform(failure -> Failures.relayed(turn, failure));
        return Acceptance.listsEvents(turn) ? FirstByte.within(settings.keepAlive(), turn.message(), answer) : answer;
    }

    private static Question question(Turn turn, RemoteTools tools) {
        String method = turn.message().method();
        ObjectNode params = turn.message().params();
        if (!method.equals("tools/call")) {
            return new Question(method, params, List.of(), trail(turn));
        }
        String upstreamName = ToolRules.upstreamName(turn, tools);
        return new Question(method, upstreamName == null ? params : params.deepCopy().put("name", upstreamName),
                headers(tools, params.path("name").asText()), trail(turn));
    }

    private static Trail trail(Turn turn) {
        return turn.known().located().arrival().observation().trail();
    }

    /** The arguments that the upstream wants repeated in headers when this tool is called. */
    static List<HeaderParameter> headers(RemoteTools tools, String name) {
        RemotePlan.Tool tool = tools.named(name);
        return tool == null ? List.of() : tool.headers();
    }

    /** Under the client's id, with the tools that are served. */
    private ObjectNode own(Turn turn, RemoteTools tools, ObjectNode response) {
        response.set("id", turn.message().id());
        if ("tools/list".equals(turn.message().method()) && ToolRules.apply(tools, response)) {
            upstreams.doubt(tools.plan().upstream());
        }
        return response;
    }
}
