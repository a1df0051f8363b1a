package io.gatehouse.api.workato;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

import io.gatehouse.kernel.Problem;
import jakarta.ws.rs.QueryParam;

/**
 * How much an answer shows. Strict clients of this dialect take a field that they do not know for an error, so what the
 * vendor's documents do not have is shown on demand only.
 */
public class WorkatoView {

    @QueryParam("view")
    @Parameter(description = "full for everything that is known", schema = @Schema(enumeration = "full"))
    String view;

    /** @throws Problem INVALID for a word other than full */
    boolean isFull() {
        if (view == null || view.isEmpty() || view.equals("full")) {
            return "full".equals(view);
        }
        throw Problem.invalidField("view", "enum", "view: full, or nothing");
    }
}
