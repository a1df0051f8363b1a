package io.gatehouse.gateway.proxy;

import io.gatehouse.engine.proxied.Upstreams;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.RemoteTools;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.Upstream;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Answers for a third-party server in the same era: what the client sends and what the upstream says pass as they are. */
@Singleton
class Relay {

    private final Upstreams upstreams;
    private final SealedSession sessions;
    private final RelayedAnswer answers;
    private final HeadStart headStart;

    @Inject
    Relay(Upstreams upstreams, SealedSession sessions, RelayedAnswer answers, HeadStart headStart) {
        this.headStart = headStart;
        this.upstreams = upstreams;
        this.sessions = sessions;
        this.answers = answers;
    }

    /** @throws Fault for a session that is not the client's, and for a tool that is not served */
    Uni<Reply> answer(Turn turn) {
        RemoteTools tools = turn.known().located().server().remoteTools();
        Upstream upstream = tools.plan().upstream();
        SealedSession.Opened session = session(turn);
        String upstreamName = "tools/call".equals(turn.message().method()) ? ToolRules.upstreamName(turn, tools) : null;
        Uni<Reply> answer = RelayLeg.of(turn, upstream, upstreamName,
                trail -> upstreams.open(upstream, Forwarded.of(turn, session, upstreamName, trail))
                        .chain(head -> answers.reply(turn, head)))
                .onFailure(Problem.class).transform(failure -> Failures.relayed(turn, failure));
        return turn.message().isListening() ? headStart.give(turn, answer) : answer;
    }

    private SealedSession.Opened session(Turn turn) {
        String sealed = turn.known().located().arrival().header("Mcp-Session-Id");
        if (sealed == null || turn.edge().isModern()) {
            return null;
        }
        SealedSession.Opened session = sessions.open(turn, sealed.strip());
        if (session == null) {
            throw Fault.sessionNotFound();
        }
        return session;
    }
}
