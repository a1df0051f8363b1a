package io.gatehouse.journal.activity;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.journal.keeping.Recording;

/**
 * One MCP call and what came of it, as the gateway knows it: nothing is masked yet.
 *
 * @param at when the answer was there, or began
 * @param replaces whether an entry of the same id and time is there already, which said that the call was still open
 */
public record Entry(EntryId id, Instant at, boolean replaces, Scene scene, Visitor visitor, Question question, Answer answer) {

    /**
     * Where the call was made.
     *
     * @param requestId goes with the call wherever it leads
     * @param traceId of W3C Trace Context, or null
     * @param jobId of what ran for the call, or null
     */
    public record Scene(long workspaceId, long serverId, Recording recording, String requestId, String traceId,
            Long jobId) {
    }

    /**
     * Who called, as far as that became known.
     *
     * @param subject stable, such as {@code user:12}; null for a stranger
     * @param name for people, or null
     * @param authentication by which way of those that the server has; null for a stranger
     * @param address after trusted proxies
     */
    public record Visitor(String subject, String name, String authentication, String address, String userAgent) {
    }

    /**
     * What was asked for, as far as it could be read.
     *
     * @param method of JSON-RPC, or how the message came in
     * @param input the arguments, or null
     * @param bytes of the message
     */
    public record Question(String era, String version, String method, String tool, JsonNode input, long bytes) {
    }

    /**
     * What came of it.
     *
     * @param outcome null where the answer itself tells
     * @param rule that refused the call, or null
     * @param status of HTTP
     * @param text the answer or its beginning, as it went to the client
     * @param bytes of the whole answer
     * @param duration microseconds from the request's arrival to the end of its answer
     */
    public record Answer(Status outcome, String rule, int status, byte[] text, long bytes, long duration) {
    }
}
