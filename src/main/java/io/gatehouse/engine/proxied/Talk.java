package io.gatehouse.engine.proxied;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.MediaTypes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Asks one upstream in the words of an era, over a given way of sending. */
final class Talk {

    private static final AtomicLong IDS = new AtomicLong();
    private static final ObjectNode END = JsonNodeFactory.instance.objectNode();
    private static final String SESSION = "Mcp-Session-Id";

    private final Function<UpstreamRequest, Uni<UpstreamAnswer>> send;
    private final long mostBytes;

    Talk(Function<UpstreamRequest, Uni<UpstreamAnswer>> send, long mostBytes) {
        this.send = send;
        this.mostBytes = mostBytes;
    }

    /** What belongs to the request, then its response, which has an {@code id}; ends with it. */
    Multi<ObjectNode> modern(Question question) {
        return Multi.createFrom().deferred(() -> {
            long id = IDS.incrementAndGet();
            Tokens tokens = new Tokens(id, question);
            return answered(send.apply(Wording.modern(id, tokens.asked(), false)).onItem()
                    .transformToMulti(head -> Messages.of(head, mostBytes)), id, tokens);
        });
    }

    /** The same; when it is cancelled, the upstream is told. */
    Multi<ObjectNode> legacy(LegacySession session, Question question) {
        return inOldSession(session, question)
                .onFailure(SessionGone.class).recoverWithMulti(gone -> ((SessionGone) gone).answer());
    }

    /** The same; fails with {@link SessionGone}. */
    Multi<ObjectNode> inOldSession(LegacySession session, Question question) {
        return Multi.createFrom().deferred(() -> {
            long id = IDS.incrementAndGet();
            Tokens tokens = new Tokens(id, question);
            Multi<ObjectNode> answer = send.apply(Wording.legacy(session, id, tokens.asked())).onItem()
                    .transformToMulti(head -> session.id() == null ? Messages.of(head, mostBytes) : inSession(head, id));
            return answered(answer, id, tokens).onCancellation()
                    .invoke(() -> notify(session, cancellation(id)).subscribe().with(told -> {
                    }, failure -> {
                    }));
        });
    }

    /**
     * An upstream that does not know a session says 404 (2025-11-25, Transports, Session Management), and one that was begun
     * anew often 400, in words of its own.
     */
    private Multi<ObjectNode> inSession(UpstreamAnswer head, long id) {
        int status = head.status();
        boolean isJson = MediaTypes.essence(head.headers().get("Content-Type")).equals("application/json");
        if (status == 404 || status == 400 && !isJson) {
            head.abort();
            return Multi.createFrom().failure(new SessionGone(status, null));
        }
        return status != 400 ? Messages.of(head, mostBytes) : Messages.of(head, mostBytes).invoke(message -> {
            if (message.path("id").asLong(-1) != id || Messages.isOfAnotherEra(message)) {
                throw new SessionGone(status, message);
            }
        });
    }

    private Multi<ObjectNode> answered(Multi<ObjectNode> answer, long id, Tokens tokens) {
        boolean[] ended = new boolean[1];
        return answer.select().where(message -> isResponse(message, id) || tokens.belongs(message))
                .onItem().transformToIterable(message -> {
                    ended[0] = isResponse(message, id);
                    return ended[0] ? List.of(message, END) : List.of(tokens.restored(message));
                })
                .select().first(message -> message != END)
                .onCompletion().invoke(() -> {
                    if (!ended[0]) {
                        throw Problem.upstreamFault("not_mcp",
                                "The MCP server behind this one ended its answer without a result");
                    }
                });
    }

    /** An error without an id is one too: its sender could not tell, or did not look, which request it refused. */
    private static boolean isResponse(ObjectNode message, long id) {
        return !message.has("method") && (message.path("id").asLong(-1) == id
                || message.path("error").isObject() && !message.hasNonNull("id"));
    }

    private static Question cancellation(long id) {
        return new Question("notifications/cancelled", JsonNodeFactory.instance.objectNode().put("requestId", id));
    }

    /** The handshake. Fails with a {@link Problem} where the upstream speaks no revision that Gatehouse does. */
    Uni<LegacySession> initialize() {
        long id = IDS.incrementAndGet();
        return send.apply(Wording.initialize(id)).chain(head -> Messages.of(head, mostBytes)
                .select().where(message -> isResponse(message, id)).toUni()
                .map(response -> session(head, result(response))))
                .call(session -> notify(session, new Question("notifications/initialized",
                        JsonNodeFactory.instance.objectNode())));
    }

    private static LegacySession session(UpstreamAnswer head, JsonNode result) {
        String version = result.path("protocolVersion").asText();
        if (!Wording.LEGACY.contains(version)) {
            throw Problem.upstreamFault("not_mcp",
                    "The MCP server behind this one speaks no revision of MCP that Gatehouse does, but \"" + version + '"');
        }
        List<String> cookies = head.headers().getAll("Set-Cookie");
        return new LegacySession(head.headers().get(SESSION), cookies.isEmpty() ? null : cookie(cookies), version, result);
    }

    /** Names and values alone (RFC 6265, section 5.4). */
    static String cookie(List<String> setCookies) {
        return setCookies.stream().map(cookie -> cookie.split(";", 2)[0].strip()).collect(Collectors.joining("; "));
    }

    /** @throws Problem UPSTREAM when the response is an error, or none came */
    static JsonNode result(ObjectNode response) {
        if (response == null || !response.path("result").isObject()) {
            throw Problem.upstreamFault("upstream_error", "The MCP server behind this one answers with an error: "
                    + (response == null ? "no response" : response.at("/error/message").asText("no result")));
        }
        return response.path("result");
    }

    /** The request for what a modern upstream announces. */
    static UpstreamRequest listening(Interests interests) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        params.set("notifications", interests.toJson());
        return Wording.modern(IDS.incrementAndGet(), new Question("subscriptions/listen", params), true);
    }

    Uni<Void> notify(LegacySession session, Question notification) {
        return send.apply(Wording.legacy(session, null, notification)).invoke(UpstreamAnswer::abort).replaceWithVoid();
    }

    /** Ends the session as well as the upstream lets it. */
    Uni<Void> end(LegacySession session) {
        return session.id() == null ? Uni.createFrom().voidItem()
                : send.apply(Wording.bare("DELETE", session)).invoke(UpstreamAnswer::abort)
                        .onFailure().recoverWithNull().replaceWithVoid();
    }

    /** The upstream does not know the session any more, or so it seems. */
    static final class SessionGone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient ObjectNode said;

        /** @param said null for nothing in JSON-RPC */
        SessionGone(int status, ObjectNode said) {
            super("The session is gone", null, false, false);
            this.status = status;
            this.said = said;
        }

        /** What it comes to where another session is no better. */
        Multi<ObjectNode> answer() {
            return said == null ? Multi.createFrom().failure(Messages.refusal(status)) : Multi.createFrom().item(said);
        }
    }
}
