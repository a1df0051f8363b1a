package io.gatehouse.api.celigo;

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
import io.gatehouse.servers.RecycleBin;
import io.gatehouse.servers.ServerKey;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /v1/recycleBin}. */
@Path("/v1/recycleBin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Recycle bin")
public class CeligoRecycleBinResource {

    private static final Set<String> TYPES = Set.of("mcpservers");

    private final RecycleBin bin;
    private final Current current;
    private final ObjectMapper json;

    @Inject
    CeligoRecycleBinResource(RecycleBin bin, Current current, ObjectMapper json) {
        this.bin = bin;
        this.current = current;
        this.json = json;
    }

    @GET
    @Operation(operationId = "listRecycleBin", summary = "List what is deleted and can come back", description = "The last deleted first; 204 when there is nothing.")
    @Parameter(name = "type", in = ParameterIn.QUERY, required = true, schema = @Schema(type = SchemaType.STRING, enumeration = "mcpservers"))
    @APIResponse(responseCode = "200", description = "The deleted servers", content = @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.ARRAY, implementation = CeligoServer.class)))
    @APIResponse(responseCode = "204", description = "There is nothing")
    public Uni<Response> list(@Context UriInfo uri) {
        CeligoQuery query = CeligoQuery.of(uri);
        CeligoQuery.word(uri, "type", TYPES);
        return bin.list(current.caller(), query.slice())
                .chain(page -> query.answer(page, server -> json.valueToTree(CeligoServerMapper.wire(server)),
                        () -> bin.list(current.caller(), CeligoQuery.FIRST)));
    }

    @POST
    @Path("/{_id}/restore")
    @Operation(operationId = "restoreFromRecycleBin", summary = "Take something out of the recycle bin", description = "A server comes back as it was, with its tokens, unless its relativeURI is taken meanwhile.")
    @APIResponse(responseCode = "200", description = "The server", content = @Content(mediaType = "application/json", schema = @Schema(implementation = CeligoServer.class)))
    public Uni<CeligoServer> restore(
            @PathParam("_id") @Parameter(schema = @Schema(type = SchemaType.STRING, format = "objectId")) String id) {
        return bin.restore(current.caller(), ServerKey.objectId(id)).map(CeligoServerMapper::wire);
    }
}
