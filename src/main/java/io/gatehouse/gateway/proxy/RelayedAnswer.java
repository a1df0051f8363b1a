package io.gatehouse.gateway.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gatehouse.engine.proxied.Messages;
import io.gatehouse.engine.proxied.UpstreamAnswer;
import io.gatehouse.engine.proxied.Upstreams;
import io.gatehouse.gateway.Reply;
import io.gatehouse.gateway.Reply.Stream.Span;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.RemoteTools;
import io.gatehouse.gateway.protocol.JsonRpc;
import io.gatehouse.gateway.stream.LargestAnswer;
import io.gatehouse.plan.MediaTypes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** An upstream's answer as it goes on to the client: the body as it is, headers made anew. */
@Singleton
class RelayedAnswer {

    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";

    /** Answers of a known length up to this many bytes are passed in one piece. */
    private static final long SMALL = 64 * 1024;

    /** Of what is read for the era that it sounds of: more than an introduction or an error ever has. */
    private static final long MOST_READ = 1024 * 1024;
    private static final int OWN_CODES = 1_000;
    private static final List<String> PASSED = List.of("Content-Type", "Allow", "Retry-After");

    private final Upstreams upstreams;
    private final SealedSession sessions;
    private final LargestAnswer largest;

    @Inject
    RelayedAnswer(Upstreams upstreams, SealedSession sessions, LargestAnswer largest) {
        this.upstreams = upstreams;
        this.sessions = sessions;
        this.largest = largest;
    }

    Uni<Reply> reply(Turn turn, UpstreamAnswer answer) {
        int status = answer.status();
        String type = MediaTypes.essence(answer.headers().get("Content-Type"));
        if (status == 401 || status == 403 || status >= 300 && status < 400 || status >= 500 && !type.equals(JSON)) {
            answer.abort();
            doubt(turn);
            throw Messages.refusal(status);
        }
        Map<String, String> headers = headers(turn, answer.headers());
        if (status >= 400 && !type.equals(JSON)) {
            answer.abort();
            if (EraDoubt.arises(turn, status)) {
                doubt(turn);
            }
            return Uni.createFrom().item(new Reply.Json(status, headers, JsonRpc.error(turn.message().id(),
                    OWN_CODES + status, Messages.refusal(status).getMessage(), null)));
        }
        if (remote(turn).judgesLists()) {
            return judged(turn, answer, type, headers);
        }
        refuseTooLarge(answer, type);
        if (!type.equals(EVENTS) && (isSmall(answer) || EraDoubt.mustRead(turn, status))) {
            return whole(turn, answer, headers, MOST_READ);
        }
        return Uni.createFrom().item(stream(turn, status, headers, parts(turn, answer)));
    }

    private static boolean isSmall(UpstreamAnswer answer) {
        long length = length(answer.headers());
        return length >= 0 && length <= SMALL || answer.status() == 202 || answer.status() == 204;
    }

    private Uni<Reply> whole(Turn turn, UpstreamAnswer answer, Map<String, String> headers, long most) {
        int status = answer.status();
        return answer.whole(most).map(body -> {
            if (EraDoubt.arises(turn, status, body)) {
                doubt(turn);
            }
            return body.length() == 0 ? new Reply.Empty(status, headers) : new Reply.Json(status, headers, body);
        });
    }

    private void doubt(Turn turn) {
        upstreams.doubt(remote(turn).plan().upstream());
    }

    /** As far as an agent gets it. */
    private Multi<Buffer> parts(Turn turn, UpstreamAnswer answer) {
        return Forwarded.isStream(turn.message()) ? answer.body() : largest.bound(answer.body());
    }

    private static Reply stream(Turn turn, int status, Map<String, String> headers, Multi<Buffer> parts) {
        return new Reply.Stream(status, headers, parts, Forwarded.isStream(turn.message()) ? Span.REST : Span.ANSWER,
                Buffer.buffer());
    }

    private void refuseTooLarge(UpstreamAnswer answer, String type) {
        if (type.equals(JSON) && length(answer.headers()) > largest.bytes()) {
            answer.abort();
            throw largest.exceeded();
        }
    }

    private static RemoteTools remote(Turn turn) {
        return turn.known().located().server().remoteTools();
    }

    private static long length(MultiMap headers) {
        String length = headers.get("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private Map<String, String> headers(Turn turn, MultiMap sent) {
        Map<String, String> headers = new HashMap<>();
        for (String name : PASSED) {
            String value = sent.get(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        String session = sent.get("Mcp-Session-Id");
        if (session != null && !turn.edge().isModern()) {
            String own = turn.known().located().arrival().header("Mcp-Session-Id");
            headers.put("Mcp-Session-Id", own != null ? own : sessions.seal(turn, session, sent.getAll("Set-Cookie")));
        }
        return headers;
    }

    /**
     * With the lists of tools that are in it as the server serves them. The content has no charset: by another one than UTF-8,
     * a client could read other words than are judged here.
     */
    private Uni<Reply> judged(Turn turn, UpstreamAnswer answer, String type, Map<String, String> headers) {
        int status = answer.status();
        boolean asked = "tools/list".equals(turn.message().method());
        if (asked && !type.equals(JSON) && !type.equals(EVENTS)) {
            answer.abort();
            throw Messages.refusal(status);
        }
        JudgedLists lists = new JudgedLists(remote(turn), asked, () -> doubt(turn));
        headers.replace("Content-Type", type);
        if (type.equals(EVENTS)) {
            return Uni.createFrom().item(stream(turn, status, headers,
                    JudgedEvents.of(parts(turn, answer), lists, largest)));
        }
        refuseTooLarge(answer, type);
        if (!asked && !isSmall(answer) && !EraDoubt.mustRead(turn, status)) {
            return Uni.createFrom().item(stream(turn, status, headers, parts(turn, answer).invoke(new ListAlarm()::look)));
        }
        return whole(turn, answer, headers, asked ? largest.bytes() : MOST_READ).map(reply -> reply instanceof Reply.Json json
                ? new Reply.Json(status, headers, lists.judged(json.body()))
                : reply);
    }
}
