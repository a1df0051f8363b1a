package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer of an action that has nothing to show. */
@Schema(name = "SuccessResponse", description = "It is done")
public record WorkatoSuccess(boolean success) {
}
