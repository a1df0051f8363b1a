package io.gatehouse.api.celigo;

import java.time.Instant;
import java.util.Set;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.api.Current;
import io.gatehouse.journal.audit.AuditFilter;
import io.gatehouse.journal.audit.AuditTrail;
import io.gatehouse.kernel.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /v1/audit}. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit trail")
public class CeligoAuditResource {

    private final AuditTrail trail;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoAuditResource(AuditTrail trail, Current current, ObjectMapper json) {
        this.trail = trail;
        this.current = current;
        this.json = json;
    }

    @GET
    @Operation(operationId = "listAudit", summary = "List who changed what", description = "The newest first; follow the Link header for more.")
    @Parameter(name = "resourceType", in = ParameterIn.QUERY, description = "A type of thing, such as mcpserver")
    @Parameter(name = "_resourceId", in = ParameterIn.QUERY, description = "The thing that was changed")
    @Parameter(name = "_byUserId", in = ParameterIn.QUERY, description = "Who did it: the id of a user, or such as client:12")
    @Parameter(name = "source", in = ParameterIn.QUERY, description = "The dialect of the request, such as workato or celigo")
    @Parameter(name = "action", in = ParameterIn.QUERY, description = "What became of the thing, such as renamed")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = "Entries of this time and later ones: a time, or milliseconds since 1970")
    @Parameter(name = "to", in = ParameterIn.QUERY, description = "Entries before this time")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(name = "offset", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.INTEGER, minimum = "0", defaultValue = "0"))
    @APIResponse(responseCode = "200", description = "The entries", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoAuditEntry.class)))
    @APIResponse(responseCode = "204", description = "There is no such entry")
    public Uni<Response> list(@Context UriInfo uri) {
        Caller caller = current.caller();
        CeligoQuery query = CeligoQuery.of(uri, "offset");
        AuditFilter filter = filter(uri);
        return trail.find(caller, filter, null, query.slice())
                .chain(page -> query.answer(page.map(CeligoAuditEntry::of), json::valueToTree,
                        () -> trail.find(caller, filter, null, CeligoQuery.FIRST)));
    }

    private static AuditFilter filter(UriInfo uri) {
        String type = CeligoQuery.text(uri, "resourceType");
        String user = CeligoQuery.byUser(uri);
        String action = CeligoQuery.text(uri, "action");
        Instant from = CeligoQuery.time(uri, "from");
        Instant to = CeligoQuery.time(uri, "to");
        if (from != null && to != null && from.isAfter(to)) {
            throw CeligoQuery.invalid("from: not after to");
        }
        return new AuditFilter(from, to, user == null ? Set.of() : Set.of(user),
                type == null ? Set.of() : CeligoAuditEntry.types(type), Set.of(), action == null ? Set.of() : Set.of(action),
                Set.of(), CeligoQuery.text(uri, "_resourceId"), CeligoQuery.text(uri, "source"));
    }
}
