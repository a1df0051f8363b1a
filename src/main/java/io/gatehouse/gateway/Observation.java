package io.gatehouse.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/** What is known so far of the request that is being served; filled in by the stages, so that refusals are recorded whole. */
public final class Observation {

    private final long startedAt = System.nanoTime();
    private String era = "none";
    private String method = "none";
    private String tool;
    private JsonNode id;
    private boolean failedTool;
    private boolean endsWithItsStream;

    /** Nanoseconds since the request came in. */
    public long elapsed() {
        return System.nanoTime() - startedAt;
    }

    /** A message was read; its id is echoed even where the request is refused. */
    public void message(String rpcMethod, JsonNode rpcId) {
        this.method = rpcMethod;
        this.id = rpcId;
    }

    /** @param disconnectCancels whether the client's going away ends the request (not so in the legacy era) */
    public void era(String name, boolean disconnectCancels) {
        this.era = name;
        this.endsWithItsStream = disconnectCancels;
    }

    boolean endsWithItsStream() {
        return endsWithItsStream;
    }

    public void tool(String name) {
        this.tool = name;
    }

    public void toolFailed() {
        this.failedTool = true;
    }

    public String era() {
        return era;
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
