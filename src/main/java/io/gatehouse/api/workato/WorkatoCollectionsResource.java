package io.gatehouse.api.workato;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

import io.gatehouse.api.Current;
import io.gatehouse.kernel.Problem;
import io.gatehouse.tools.operation.ApiCollections;
import io.gatehouse.tools.operation.NewApiCollection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/api_collections}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/api_collections")
@Tag(name = "API collections")
public class WorkatoCollectionsResource {

    private final ApiCollections collections;
    private final Current current;
    private final Vertx vertx;

    @Inject
    WorkatoCollectionsResource(ApiCollections collections, Current current, Vertx vertx) {
        this.collections = collections;
        this.current = current;
        this.vertx = vertx;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createApiCollection", summary = "Import an API", description = "Imports an OpenAPI 3.0 or 3.1 document; every operation becomes an endpoint of the collection. "
            + "The report says which can be tools and, for each other, why not. A document can also be uploaded "
            + "as the file openapi_spec of a multipart form.")
    public Uni<WorkatoCollection> create(WorkatoCollection.Input input) {
        return collections.importDocument(current.caller(), WorkatoCollectionMapper.draft(input))
                .map(WorkatoCollectionMapper::wire);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public Uni<WorkatoCollection> upload(@RestForm("openapi_spec") FileUpload file, @RestForm("name") String name,
            @RestForm("project_id") String projectId, @RestForm("format") String format,
            @RestForm("connection_id") String connectionId) {
        if (file == null) {
            throw Problem.invalidField("openapi_spec", "missing_required_field", "openapi_spec: a file is required");
        }
        long project = WorkatoInput.required("project_id", WorkatoInput.optionalLong("project_id", projectId));
        Long connection = WorkatoInput.optionalLong("connection_id", connectionId);
        return vertx.fileSystem().readFile(file.uploadedFile().toString())
                .map(bytes -> new NewApiCollection(name, project, text(bytes.getBytes()), format, connection))
                .chain(draft -> collections.importDocument(current.caller(), draft))
                .map(WorkatoCollectionMapper::wire);
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Problem.invalidField("openapi_spec", "malformed", "openapi_spec: the file is not UTF-8 text");
        }
    }

    @GET
    @Operation(operationId = "listApiCollections", summary = "List API collections")
    public Uni<WorkatoCollection.Page> list(
            @QueryParam("project_id") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String projectId,
            @BeanParam WorkatoPaging paging) {
        return collections
                .list(current.caller(), WorkatoInput.optionalLong("project_id", projectId), paging.slice())
                .map(page -> new WorkatoCollection.Page(
                        page.items().stream().map(WorkatoCollectionMapper::wire).toList(), page.more()));
    }
}
