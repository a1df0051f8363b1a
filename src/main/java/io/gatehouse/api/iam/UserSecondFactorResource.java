package io.gatehouse.api.iam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.people.SecondFactors;
import io.gatehouse.api.Current;
import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.api.workato.WorkatoSuccess;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/iam/users/{id}/second_factor}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/iam/users/{id}/second_factor")
@Tag(name = "Users")
public class UserSecondFactorResource {

    private final SecondFactors factors;
    private final Current current;

    @Inject
    UserSecondFactorResource(SecondFactors factors, Current current) {
        this.factors = factors;
        this.current = current;
    }

    @DELETE
    @Operation(operationId = "removeIamUserSecondFactor", summary = "Turn the second factor of a user off", description = "For one who has lost their phone: the password alone lets them in again, until they set up another. Make sure first that it is them who ask. What they have opened stays open.")
    public Uni<WorkatoSuccess> remove(@PathParam("id") String id) {
        return factors.remove(current.caller(), WorkatoInput.pathId("User", id)).replaceWith(new WorkatoSuccess(true));
    }
}
