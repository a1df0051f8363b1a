package io.gatehouse.gateway.protocol;

import io.gatehouse.engine.Outcome;
import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.listen.ListStreams;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The era of per-request metadata, 2026-07-28. */
@Singleton
class ModernEdge implements Edge {

    private final Tools tools;
    private final ListStreams streams;

    @Inject
    ModernEdge(Tools tools, ListStreams streams) {
        this.tools = tools;
        this.streams = streams;
    }

    @Override
    public String era() {
        return "modern";
    }

    @Override
    public boolean isModern() {
        return true;
    }

    @Override
    public void check(Turn turn) {
        Envelope.check(turn.known().located().arrival(), turn.message());
    }

    @Override
    public Reply.Json notCalled(Turn turn, String why) {
        return JsonRpc.reply(turn.message(), ToolResult.modern(Outcome.failure(why), turn.known().located().server().card()));
    }

    @Override
    public Uni<Reply> answer(Turn turn) {
        Arrival arrival = turn.known().located().arrival();
        Published server = turn.known().located().server();
        if (turn.message().kind() != Message.Kind.REQUEST) {
            return Uni.createFrom().item(Reply.Empty.ACCEPTED);
        }
        return switch (turn.message().method()) {
            case Methods.DISCOVER -> now(turn, server.card().discovery());
            case Methods.LIST_TOOLS -> now(turn, server.modernTools(turn.known()).answer(turn.message()));
            case Methods.CALL_TOOL -> {
                ParameterHeaders.check(arrival, tools.tool(turn).headerParameters(), turn.message().params().path("arguments"));
                yield tools.call(turn, outcome -> ToolResult.modern(outcome, server.card()));
            }
            case Methods.LIST_PROMPTS -> now(turn, server.modernPrompts().answer(turn.message()));
            case Methods.GET_PROMPT -> now(turn, Prompts.get(turn, server.card().resultFields()));
            case Methods.COMPLETE -> now(turn, Prompts.complete(turn, server.card().resultFields()));
            case Methods.LISTEN -> Uni.createFrom().item(listen(turn));
            default -> throw Fault.methodNotFound(404, turn.message().method());
        };
    }

    private Reply listen(Turn turn) {
        Acceptance.requireEvents(turn);
        return streams.open(turn.known(),
                Subscription.of(turn.message(), turn.known().located().server().card().info()), null);
    }

    private static Uni<Reply> now(Turn turn, byte[] result) {
        return Uni.createFrom().item(JsonRpc.reply(turn.message(), result));
    }
}
