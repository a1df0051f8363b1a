package io.gatehouse.api.celigo;

import java.net.URI;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.api.Current;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /v1/accesstokens}. */
@Path("/v1/accesstokens")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access tokens")
public class CeligoAccessTokensResource {

    private final CeligoAccessTokens tokens;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoAccessTokensResource(CeligoAccessTokens tokens, Current current, ObjectMapper json) {
        this.tokens = tokens;
        this.current = current;
        this.json = json;
    }

    @GET
    @Operation(operationId = "listAccessTokens", summary = "List tokens", description = "Oldest first; follow the Link header for more.")
    @APIResponse(responseCode = "200", description = "The tokens", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoAccessToken.class)))
    @APIResponse(responseCode = "204", description = "The account has no token")
    public Uni<Response> list(@Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.of(uri);
        return tokens.list(current.caller(), query.slice()).chain(page -> query.answer(page, json::valueToTree,
                () -> tokens.list(current.caller(), CeligoQuery.FIRST)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createAccessToken", summary = "Create a token", description = "The answer shows it for the only time.")
    @APIResponse(responseCode = "201", description = "The new token", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoAccessToken.class)))
    public Uni<Response> create(
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoAccessToken.Request.class))) JsonNode body) {
        return tokens.create(current.caller(), body).map(token -> Response
                .created(URI.create("/v1/accesstokens/" + token.id())).entity(token).build());
    }

    @GET
    @Path("/{_id}")
    @Operation(operationId = "getAccessTokenById", summary = "Get a token, without what it is")
    public Uni<CeligoAccessToken> get(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return tokens.get(current.caller(), checked(id));
    }

    @PUT
    @Path("/{_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateAccessToken", summary = "Rename or revoke a token, or let it open other servers")
    public Uni<CeligoAccessToken> update(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id,
            @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoAccessToken.Request.class))) JsonNode body) {
        return tokens.update(current.caller(), checked(id), body);
    }

    @DELETE
    @Path("/{_id}")
    @Operation(operationId = "deleteAccessToken", summary = "Delete a token that is revoked")
    @ResponseStatus(204)
    public Uni<Void> delete(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return tokens.delete(current.caller(), checked(id));
    }

    private static String checked(String id) {
        if (!ObjectId.isOne(id)) {
            throw Problem.notFound("Access token");
        }
        return id;
    }
}
