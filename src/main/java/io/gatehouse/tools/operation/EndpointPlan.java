package io.gatehouse.tools.operation;

import io.gatehouse.plan.HttpAction;

/** An enabled endpoint in the form that a server's plan takes it over. */
public record EndpointPlan(long id, long collectionId, String title, String description, String inputSchema,
        HttpAction action) {
}
