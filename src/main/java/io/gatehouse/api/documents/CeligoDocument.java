package io.gatehouse.api.documents;

import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** The seven operations of the Celigo dialect, and the connections that its servers may stand for. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = "celigo")
public class CeligoDocument extends PublishedDocument implements OASFilter {

    public CeligoDocument() {
        super("Gatehouse MCP servers, Celigo dialect",
                "Manage MCP servers with clients that were made for Celigo's API: each server as a whole, and"
                        + " connections to third-party ones.",
                CeligoDocument::has);
    }

    static boolean has(String path, Operation operation) {
        return path.startsWith("/v1/mcpservers") && !path.endsWith("/logs") || path.startsWith("/v1/connections");
    }
}
