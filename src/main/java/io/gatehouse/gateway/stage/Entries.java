package io.gatehouse.gateway.stage;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Observation;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.gateway.trace.ServerTrace;
import io.gatehouse.journal.activity.Entry;
import io.gatehouse.journal.activity.EntryId;
import io.gatehouse.journal.activity.Status;
import io.gatehouse.plan.ServerPlan;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Writes down what became of a request, as the activity log wants it. */
@Singleton
class Entries {

    private static final CharSequence VERSION = HttpHeaders.createOptimized("MCP-Protocol-Version");
    private static final CharSequence PARENT = HttpHeaders.createOptimized("traceparent");
    private static final int TRACE_ID = 3;
    private static final int TRACE_ID_END = 35;

    private final Clock clock;

    @Inject
    Entries(Clock clock) {
        this.clock = clock;
    }

    /** When and under which id an answer is recorded. */
    record Mark(EntryId id, Instant at) {
    }

    Mark mark() {
        Instant now = clock.instant();
        return new Mark(EntryId.at(now), now);
    }

    /**
     * @param outcome null where the answer tells
     * @param replaces whether there is an entry of this mark already
     */
    static Entry of(Arrival arrival, Mark mark, Status outcome, boolean replaces, int status, byte[] text, long bytes) {
        Observation observation = arrival.observation();
        ServerPlan server = observation.located().server().plan();
        Status known = outcome == null && observation.hasFailedTool() ? Status.TOOL_ERROR : outcome;
        return new Entry(mark.id(), mark.at(), replaces,
                new Entry.Scene(server.workspaceId(), server.serverId(), observation.located().server().recording(),
                        observation.requestId(), traceId(arrival), null),
                visitor(arrival), question(arrival),
                new Entry.Answer(known, observation.rule(), status, text, bytes,
                        TimeUnit.NANOSECONDS.toMicros(observation.elapsed())));
    }

    private static Entry.Visitor visitor(Arrival arrival) {
        Known known = arrival.observation().known();
        String subject = known == null ? null : known.caller().subject();
        return new Entry.Visitor(subject, known == null ? null : known.name(),
                subject == null ? null : authentication(subject), arrival.observation().address(),
                arrival.header(HttpHeaders.USER_AGENT));
    }

    /** A subject begins with what it is. */
    private static String authentication(String subject) {
        return switch (subject.substring(0, subject.indexOf(':'))) {
            case "token" -> "api_token";
            case "issuer" -> "external_issuer";
            case "service_account" -> "service_account";
            default -> "identity";
        };
    }

    private static Entry.Question question(Arrival arrival) {
        Observation observation = arrival.observation();
        Turn turn = observation.turn();
        String version = arrival.header(VERSION);
        if (turn == null) {
            return new Entry.Question(observation.era(), version, arrival.method(), null, null, 0);
        }
        JsonNode params = turn.message().params();
        String method = turn.message().method() == null ? arrival.method() : turn.message().method();
        boolean isCall = Methods.CALL_TOOL.equals(method);
        return new Entry.Question(observation.era(), version, method,
                isCall || Methods.GET_PROMPT.equals(method) ? params.path("name").textValue() : null,
                isCall ? params.path("arguments") : params.isEmpty() ? null : params, turn.body().length());
    }

    /** As it is recorded; or else the caller's own (W3C Trace Context), in the message or in the header. */
    private static String traceId(Arrival arrival) {
        ServerTrace trace = arrival.observation().trace();
        if (trace != null && trace.traceId() != null) {
            return trace.traceId();
        }
        Turn turn = arrival.observation().turn();
        String told = turn == null ? null : turn.message().params().path("_meta").path("traceparent").textValue();
        String parent = told == null ? arrival.header(PARENT) : told;
        return parent == null || parent.length() < TRACE_ID_END ? null : parent.substring(TRACE_ID, TRACE_ID_END);
    }
}
