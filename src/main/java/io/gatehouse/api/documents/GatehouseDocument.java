package io.gatehouse.api.documents;

import org.eclipse.microprofile.openapi.OASFilter;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** What the documents of the dialects leave: everything that is managed beside MCP servers. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = "gatehouse")
public class GatehouseDocument extends PublishedDocument implements OASFilter {

    public GatehouseDocument() {
        super("Gatehouse management API",
                "Import APIs, connect their back ends, and govern people, clients, tokens, projects and what was deleted.",
                (path, operation) -> !WorkatoDocument.has(path, operation) && !CeligoDocument.has(path, operation));
    }
}
