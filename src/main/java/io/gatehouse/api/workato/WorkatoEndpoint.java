package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.tools.operation.Endpoint;

/** An endpoint of a collection in this dialect; {@code incompatibilityReason} says why it can't be a tool. */
@Schema(name = "ApiEndpoint")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoEndpoint(long id, long apiCollectionId, String triggerApplication, String name, String title,
        String description, String method, String path, boolean active, String incompatibilityReason,
        Instant createdAt) {

    /** One page of a list. */
    @Schema(name = "ApiEndpointList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoEndpoint> items, boolean nextPage) {
    }

    static WorkatoEndpoint of(Endpoint endpoint) {
        return new WorkatoEndpoint(endpoint.id(), endpoint.collectionId(), WorkatoServerMapper.API_PLATFORM,
                endpoint.name(), endpoint.title(), endpoint.description(), endpoint.method(), endpoint.path(),
                endpoint.enabled(), endpoint.refusal(), endpoint.createdAt());
    }
}
