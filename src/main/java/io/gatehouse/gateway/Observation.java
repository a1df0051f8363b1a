package io.gatehouse.gateway;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.protocol.Edge;
import io.gatehouse.gateway.trace.ServerTrace;
import io.gatehouse.platform.telemetry.Trail;

/** What is known so far of the request that is being served; filled in by the stages, so that refusals are recorded whole. */
public final class Observation {

    private final long startedAt = System.nanoTime();
    private final String requestId;
    private Located located;
    private Known known;
    private Turn turn;
    private String rule;
    private Edge edge;
    private String method = "none";
    private String tool;
    private JsonNode id;
    private boolean failedTool;
    private String address;
    private ServerTrace trace;

    Observation(String requestId) {
        this.requestId = requestId;
    }

    public String requestId() {
        return requestId;
    }

    void trace(ServerTrace begun) {
        this.trace = begun;
    }

    /** @return null where nothing is traced */
    public ServerTrace trace() {
        return trace;
    }

    /** What ties the calls that the request causes to it. */
    public Trail trail() {
        return trace == null ? Trail.of(requestId) : trace.trail();
    }

    public void located(Located found) {
        this.located = found;
    }

    /** @return null while the server is not found */
    public Located located() {
        return located;
    }

    public void known(Known sender) {
        this.known = sender;
    }

    /** @return null while it is not known who calls */
    public Known known() {
        return known;
    }

    public void turn(Turn read) {
        this.turn = read;
    }

    /** @return null while no message could be read */
    public Turn turn() {
        return turn;
    }

    /** @param word for the rule that keeps the call from being carried out */
    public void refuse(String word) {
        this.rule = word;
    }

    /** @return null where no rule refused the call */
    public String rule() {
        return rule;
    }

    /** Nanoseconds since the request came in. */
    public long elapsed() {
        return System.nanoTime() - startedAt;
    }

    /** A message was read; its id is echoed even where the request is refused. */
    public void message(String rpcMethod, JsonNode rpcId) {
        this.method = rpcMethod;
        this.id = rpcId;
    }

    /** The era of the message is known. */
    public void edge(Edge speaking) {
        this.edge = speaking;
    }

    /** Whether the client's going away ends the request (not so in the legacy era). */
    boolean endsWithItsStream() {
        return edge != null && edge.isModern();
    }

    public void tool(String name) {
        this.tool = name;
    }

    public void toolFailed() {
        this.failedTool = true;
    }

    /** Where the client is, as far as its proxies can be believed; null where that can't be told. */
    public void address(String client) {
        this.address = client;
    }

    public String address() {
        return address;
    }

    public String era() {
        return edge == null ? "none" : edge.era();
    }

    public String method() {
        return method;
    }

    public String tool() {
        return tool;
    }

    /** The JSON-RPC id, or null while none is known. */
    public JsonNode id() {
        return id;
    }

    public boolean hasFailedTool() {
        return failedTool;
    }
}
