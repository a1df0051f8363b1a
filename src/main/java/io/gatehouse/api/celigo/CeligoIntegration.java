package io.gatehouse.api.celigo;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.access.Folder;
import io.gatehouse.access.FolderChange;
import io.gatehouse.access.NewFolder;
import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Text;

/** A project in this dialect. */
@Schema(name = "Integration", description = "A project: what is used together lives in one")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CeligoIntegration(@JsonProperty("_id") @Schema(format = "objectId", readOnly = true) String id,
        String name, String description, @Schema(readOnly = true) Instant createdAt,
        @Schema(readOnly = true) Instant lastModified) {

    private static final int LONGEST_NAME = 300;

    /** What a request says; what it leaves out is removed. */
    @Schema(name = "IntegrationRequest")
    public record Request(@Schema(required = true, maxLength = 300, examples = "Order to cash") String name,
            @Schema(maxLength = 1_000) String description) {
    }

    static CeligoIntegration of(Folder own) {
        return new CeligoIntegration(own.objectId(), own.name(), own.description(), own.createdAt(), own.updatedAt());
    }

    static NewFolder draft(JsonNode body) {
        FolderChange whole = change(body);
        return new NewFolder(whole.name(), null, whole.description());
    }

    static FolderChange change(JsonNode body) {
        Faults faults = new Faults();
        JsonFields fields = JsonFields.of(body, faults);
        String text = fields.text("name");
        String name = faults.gather(() -> Text.required("name", text, LONGEST_NAME));
        String description = fields.text("description");
        faults.raise();
        return new FolderChange(name, description == null ? "" : description);
    }
}
