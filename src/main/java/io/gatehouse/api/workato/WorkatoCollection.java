package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** An API collection in this dialect; {@code importReport} is there in the answer to its import only. */
@Schema(name = "ApiCollection")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoCollection(long id, String name, long projectId, String version, String url, Long connectionId,
        List<SecurityScheme> securitySchemes, Instant createdAt, Instant updatedAt, Report importReport) {

    /** How the back end wants to be shown credentials, as the document says. */
    @Schema(name = "ApiSecurityScheme")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SecurityScheme(String id, String type, String in, String name) {
    }

    /** What became of the operations of a document. */
    @Schema(name = "ImportReport")
    public record Report(int operations, List<Operation> tools, List<Operation> refused) {
    }

    /** One operation of a document; {@code reason} says why it is no tool. */
    @Schema(name = "ImportedOperation")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Operation(long id, String name, String method, String path, String reason) {
    }

    /** What an import request says. */
    @Schema(name = "ApiCollectionInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(@Schema(description = "The document's title where absent", examples = "Order API") String name,
            @Schema(required = true, examples = "1") Long projectId, @Schema(required = true) Document openapiSpec,
            @Schema(description = "The connection to reach the back end through") Long connectionId) {
    }

    /** An OpenAPI document as text. */
    @Schema(name = "OpenApiSpec")
    public record Document(@Schema(required = true, description = "An OpenAPI 3.0 or 3.1 document") String content,
            @Schema(enumeration = {
                    "json", "yaml" }) String format){
    }

    /** One page of a list. */
    @Schema(name = "ApiCollectionList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoCollection> items, boolean nextPage) {
    }
}
