package io.gatehouse.api.traffic;

import java.time.Duration;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.Current;
import io.gatehouse.api.workato.WorkatoPolicy;
import io.gatehouse.kernel.Problem;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerPolicies;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/mcp/mcp_servers/{handle}/server_policies/try}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/mcp/mcp_servers/{handle}/server_policies/try")
@Tag(name = "Policies")
public class RehearsalResource {

    private static final int BY_DEFAULT = 7;
    private static final int MOST_DAYS = 31;

    private final ServerPolicies policies;
    private final Current current;

    @Inject
    RehearsalResource(ServerPolicies policies, Current current) {
        this.policies = policies;
        this.current = current;
    }

    @POST
    @Operation(operationId = "tryMcpServerPolicies", summary = "Try a policy against the calls of the last days", description = "How many calls of whom it would have refused. The body is as for a change of the policy: what is left out is as it is now. Nothing is changed.")
    public Uni<RehearsalBody> rehearse(@PathParam("handle") String handle,
            @Parameter(description = "How many days", schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "31", defaultValue = "7")) @QueryParam("days") String days,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = WorkatoPolicy.class))) JsonNode body) {
        return policies.rehearse(current.caller(), ServerKey.handle(handle), present -> WorkatoPolicy.merge(present, body),
                Duration.ofDays(days(days))).map(RehearsalBody::of);
    }

    private static int days(String text) {
        if (text == null) {
            return BY_DEFAULT;
        }
        if (!text.matches("[1-9]\\d?") || Integer.parseInt(text) > MOST_DAYS) {
            throw Problem.invalidField("days", "invalid_field_value", "days: from 1 to " + MOST_DAYS);
        }
        return Integer.parseInt(text);
    }
}
