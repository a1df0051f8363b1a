package io.gatehouse.gateway;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.protocol.Edge;

/** What is known so far of the request that is being served; filled in by the stages, so that refusals are recorded whole. */
public final class Observation {

    private final long startedAt = System.nanoTime();
    private Edge edge;
    private String method = "none";
    private String tool;
    private JsonNode id;
    private boolean failedTool;

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
