package io.gatehouse.api.celigo;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A JSON Patch; in documents of the API, for requests are read by hand. */
@Schema(name = "JsonPatchRequest", type = SchemaType.ARRAY, minItems = 1, implementation = CeligoPatch.Operation.class, description = "A JSON Patch (RFC 6902)")
public interface CeligoPatch {

    /** One operation. */
    @Schema(name = "JsonPatchOperation")
    record Operation(@Schema(required = true, enumeration = "replace") String op,
            @Schema(required = true, description = "/name or /disabled", examples = "/disabled") String path,
            @Schema(description = "A string for /name, true or false for /disabled") Object value) {
    }
}
