package io.gatehouse.gateway.call;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.ToolDigest;

/** The tools of a proxy server by both of their names. */
public final class RemoteTools {

    private final RemotePlan plan;
    private final boolean judgesLists;
    private final Map<String, RemotePlan.Tool> byName = new HashMap<>();
    private final Map<String, RemotePlan.Tool> byUpstreamName = new HashMap<>();

    /** What was found to be as the plan has it: to compare with that takes less time than to digest the same again. */
    private final Map<String, ObjectNode> approved = new ConcurrentHashMap<>();

    public RemoteTools(RemotePlan plan) {
        this.plan = plan;
        this.judgesLists = !plan.changesNothing();
        plan.tools().forEach(tool -> {
            byName.put(tool.name(), tool);
            byUpstreamName.put(tool.upstreamName(), tool);
        });
    }

    public RemotePlan plan() {
        return plan;
    }

    /** Whether the upstream's lists are other ones than those that agents get. */
    public boolean judgesLists() {
        return judgesLists;
    }

    /** @return null when the server knows no such tool */
    public RemotePlan.Tool named(String name) {
        return byName.get(name);
    }

    /** Whether a tool of this name may be called. */
    public boolean serves(String name) {
        RemotePlan.Tool tool = byName.get(name);
        return tool == null ? plan.open() && !byUpstreamName.containsKey(name) : tool.served();
    }

    /**
     * Whether agents get an entry of the upstream's list, unless it is strange.
     *
     * @param entry as the upstream lists it
     */
    public boolean isOffered(ObjectNode entry) {
        RemotePlan.Tool tool = byUpstreamName.get(entry.path("name").asText());
        return tool == null ? plan.open() : tool.served();
    }

    /** Whether the upstream lists the tool otherwise than the plan has it; such a one is never served. */
    public boolean isStrange(ObjectNode entry) {
        RemotePlan.Tool tool = byUpstreamName.get(entry.path("name").asText());
        if (tool == null || tool.digest() == null) {
            return tool == null && !plan.open();
        }
        if (entry.equals(approved.get(tool.upstreamName()))) {
            return false;
        }
        boolean isStrange = !tool.digest().equals(ToolDigest.of(entry));
        if (!isStrange) {
            approved.put(tool.upstreamName(), entry.deepCopy());
        }
        return isStrange;
    }

    /** Under the server's own name and description. */
    public ObjectNode shown(ObjectNode entry) {
        RemotePlan.Tool tool = byUpstreamName.get(entry.path("name").asText());
        if (tool != null) {
            entry.put("name", tool.name());
            if (tool.description() != null) {
                entry.put("description", tool.description());
            }
        }
        return entry;
    }
}
