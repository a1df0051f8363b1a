package io.gatehouse.api.celigo;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

/** What a server replaces inside a tool, for itself only; in documents of the API, for requests are read by hand. */
@Schema(name = "Overrides", description = "What this server replaces inside the tool, for itself only")
public record CeligoOverrides(List<Connection> connections, List<Export> exports, List<Import> imports,
        List<Router> routers) {

    @Schema(name = "ConnectionOverride")
    public record Connection(@JsonProperty("_abstractId") @Schema(required = true) String abstractId,
            @JsonProperty("_id") @Schema(format = "objectId") String id,
            @JsonProperty("_borrowConcurrencyFromConnectionId") String borrowFrom) {
    }

    @Schema(name = "ExportOverride")
    public record Export(@JsonProperty("_abstractId") @Schema(required = true) String abstractId,
            @JsonProperty("_id") @Schema(format = "objectId") String id,
            @JsonProperty("_connectionId") @Schema(format = "objectId") String connectionId,
            @Schema(enumeration = {
                    "webhook", "distributed", "test", "delta", "once", "tranlinedelta", "simple", "blob",
                    "all" }) String type,
            Double pageSize, Boolean skipRetries, Boolean proceedOnFailure, Mapping responseMapping){
    }

    @Schema(name = "ImportOverride")
    public record Import(@JsonProperty("_abstractId") @Schema(required = true) String abstractId,
            @JsonProperty("_connectionId") @Schema(format = "objectId") String connectionId, Boolean proceedOnFailure,
            Mapping responseMapping, Hooks hooks) {
    }

    @Schema(name = "RouterOverride")
    public record Router(@JsonProperty("_abstractId") @Schema(required = true) String abstractId, String name,
            @Schema(enumeration = {
                    "first_matching_branch", "all_matching_branches" }) String routeRecordsTo,
            @Schema(enumeration = { "input_filters", "script" }) String routeRecordsUsing, Hook script,
            List<Branch> branches){
    }

    @Schema(name = "BranchOverride")
    public record Branch(@JsonProperty("_abstractId") String abstractId, String name, String description,
            Filter inputFilter) {
    }

    @Schema(name = "FilterOverride")
    public record Filter(@Schema(enumeration = "1") String version, List<JsonNode> rules) {
    }

    @Schema(name = "MappingOverride")
    public record Mapping(List<Field> fields, List<FieldList> lists) {
    }

    @Schema(name = "MappedField")
    public record Field(String extract, String generate) {
    }

    @Schema(name = "MappedList")
    public record FieldList(String generate, List<Field> fields) {
    }

    @Schema(name = "HooksOverride")
    public record Hooks(Hook preMap, Hook postMap) {
    }

    @Schema(name = "ScriptHook")
    public record Hook(String function, @JsonProperty("_scriptId") @Schema(format = "objectId") String scriptId) {
    }
}
