package io.gatehouse.access.oauth;

import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;

import io.gatehouse.access.keys.SigningKeys;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * What the authorization server publishes below its path: the metadata once more, and its keys. A class of its own, for the
 * framework looks for a path only in those classes that share the longest part of it.
 */
@Path(Issuer.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class PublishedResource {

    private final Issuer issuer;
    private final MetadataResource metadata;
    private final SigningKeys keys;

    @Inject
    PublishedResource(Issuer issuer, MetadataResource metadata, SigningKeys keys) {
        this.issuer = issuer;
        this.metadata = metadata;
        this.keys = keys;
    }

    /** The place of OpenID Connect Discovery: after the issuer's path. */
    @GET
    @Path("/.well-known/{kind:oauth-authorization-server|openid-configuration}")
    @Operation(hidden = true)
    public Response appended() {
        return issuer.path().isEmpty() ? MetadataResource.nothing() : metadata.document();
    }

    @GET
    @Path("/jwks")
    @Operation(hidden = true)
    public Uni<Response> jwks() {
        return keys.published().map(published -> MetadataResource.readable(Response.ok(Map.of("keys",
                published.stream().map(key -> key.toParams(OutputControlLevel.PUBLIC_ONLY)).toList()))));
    }
}
