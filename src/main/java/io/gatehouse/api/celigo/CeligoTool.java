package io.gatehouse.api.celigo;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;

import io.gatehouse.access.Folder;
import io.gatehouse.servers.catalogue.CatalogueTool;

/** An entry of the tool catalogue in this dialect. */
@Schema(name = "CatalogueTool", description = "A tool that servers can offer")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CeligoTool(
        @JsonProperty("_id") @Schema(format = "objectId", description = "What tools[]._toolId of a server names") String id,
        String name, String title, String description,
        @JsonProperty("_integrationId") @Schema(format = "objectId") String integrationId, Input input,
        @Schema(description = "Whether it is off on every server") boolean disabled, Instant createdAt) {

    /** What a tool takes. */
    @Schema(name = "CatalogueToolInput")
    public record Input(
            @JsonRawValue @Schema(type = SchemaType.OBJECT, description = "JSON Schema of the arguments") String schema) {
    }

    static CeligoTool of(CatalogueTool tool, Folder own) {
        return new CeligoTool(tool.objectId(), tool.name(), tool.title(), tool.description(), own.objectId(),
                new Input(tool.inputSchema()), !tool.active(), tool.createdAt());
    }
}
