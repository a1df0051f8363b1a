package io.gatehouse.api.documents;

import org.eclipse.microprofile.openapi.OASFilter;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** Everything under {@code /api} in one document: what a person or an agent who manages Gatehouse wants. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, documentNames = OpenApiFilter.DEFAULT_DOCUMENT_NAME)
public class WholeDocument extends PublishedDocument implements OASFilter {

    public WholeDocument() {
        super("Gatehouse management API",
                "Import APIs, publish their operations as tools of MCP servers, and govern who calls them.",
                (path, operation) -> path.startsWith("/api/"));
    }
}
