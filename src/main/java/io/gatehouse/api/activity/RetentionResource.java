package io.gatehouse.api.activity;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.Current;
import io.gatehouse.journal.keeping.Retention;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/log_retention}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/log_retention")
@Tag(name = "Activity log")
public class RetentionResource {

    private final Retention retention;
    private final Current current;

    @Inject
    RetentionResource(Retention retention, Current current) {
        this.retention = retention;
        this.current = current;
    }

    @GET
    @Operation(operationId = "getLogRetention", summary = "Get for how long the activity log is kept")
    public Uni<RetentionBody> get() {
        return retention.days(current.caller()).map(RetentionBody::new);
    }

    @PUT
    @Operation(operationId = "updateLogRetention", summary = "Change for how long the activity log is kept", description = "Null is for what the deployment has.")
    public Uni<RetentionBody> change(
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = RetentionBody.class))) JsonNode body) {
        return retention.keep(current.caller(), RetentionBody.days(body)).map(RetentionBody::new);
    }
}
