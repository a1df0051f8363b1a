package io.gatehouse.api.iam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.sso.IdentityProviders;
import io.gatehouse.api.Current;
import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.api.workato.WorkatoSuccess;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/iam/identity_providers}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/iam/identity_providers")
@Tag(name = "Identity providers")
public class IdentityProvidersResource {

    private static final String WHAT = "Identity provider";

    private final IdentityProviders providers;
    private final Current current;

    @Inject
    IdentityProvidersResource(IdentityProviders providers, Current current) {
        this.providers = providers;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listIdentityProviders", summary = "List identity providers", description = "The workspace's provider of OpenID Connect, if it has one.")
    public Uni<IdentityProviderBody.Page> list() {
        return providers.list(current.caller()).map(
                all -> new IdentityProviderBody.Page(all.stream().map(IdentityProviderBody::of).toList(), false));
    }

    @POST
    @Operation(operationId = "createIdentityProvider", summary = "Set an identity provider up", description = "People sign in there for MCP servers of the authentication method sso, and may for those of workato_idp. A workspace has one. Who comes first is the user with the same verified e-mail address, or a new one.")
    public Uni<IdentityProviderBody> create(IdentityProviderBody.Input input) {
        return providers.create(current.caller(), IdentityProviderBody.wish(input)).map(IdentityProviderBody::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getIdentityProvider", summary = "Get an identity provider")
    public Uni<IdentityProviderBody> get(@PathParam("id") String id) {
        return providers.get(current.caller(), WorkatoInput.pathId(WHAT, id)).map(IdentityProviderBody::of);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateIdentityProvider", summary = "Update an identity provider", description = "What is left out stays as it is. With another issuer or client, people have to sign in again.")
    public Uni<IdentityProviderBody> update(@PathParam("id") String id, IdentityProviderBody.Input input) {
        long provider = WorkatoInput.pathId(WHAT, id);
        return providers.change(current.caller(), provider, IdentityProviderBody.wish(input)).map(IdentityProviderBody::of);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteIdentityProvider", summary = "Delete an identity provider", description = "Ends the sessions of browsers that it has opened. Applications keep what people have let them have.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return providers.delete(current.caller(), WorkatoInput.pathId(WHAT, id)).replaceWith(new WorkatoSuccess(true));
    }
}
