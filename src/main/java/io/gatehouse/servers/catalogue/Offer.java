package io.gatehouse.servers.catalogue;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.ToolPlan;

/** A catalogue entry in the form that a server's plan takes it over. */
public interface Offer {

    /** In the catalogue. */
    long id();

    /** What it hangs on, in the words of change notices. */
    Set<String> topics();

    /** Null while nobody is served. Takes its time for a large one. */
    ToolPlan toPlan(Words words);

    /**
     * What a server says of the tool.
     *
     * @param description null for the tool's own
     * @param icons JSON; null for the tool's own
     * @param annotations of MCP, which count more than the tool's own
     */
    record Words(String name, String description, String icons, ObjectNode annotations) {
    }
}
