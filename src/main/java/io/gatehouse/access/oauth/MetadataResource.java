package io.gatehouse.access.oauth;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.annotations.Operation;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What clients read of the authorization server before anything else (RFC 8414), where they look for it first. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class MetadataResource {

    private static final List<ClientAuthenticationMethod> AUTHENTICATION = List.of(ClientAuthenticationMethod.NONE,
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST);

    private static final List<JWSAlgorithm> ASSERTIONS = List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512,
            JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);

    private final Issuer issuer;
    private final ManagementAccess management;

    @Inject
    MetadataResource(Issuer issuer, ManagementAccess management) {
        this.issuer = issuer;
        this.management = management;
    }

    /** The place of RFC 8414, section 3: before the issuer's path. */
    @GET
    @Path("/.well-known/{kind:oauth-authorization-server|openid-configuration}{path:(/.*)?}")
    @Operation(hidden = true)
    public Response inserted(@PathParam("path") String path) {
        return path.equals(issuer.path()) ? document() : nothing();
    }

    /** Of the management API (RFC 9728). */
    @GET
    @Path(ManagementAccess.METADATA)
    @Operation(hidden = true)
    public Response management() {
        return readable(Response.ok(Map.of("resource", management.url(), "authorization_servers", List.of(issuer.url()),
                "scopes_supported", List.of(Scopes.MANAGEMENT), "bearer_methods_supported", List.of("header"),
                "resource_name", ManagementAccess.NAME)));
    }

    Response document() {
        AuthorizationServerMetadata metadata = new AuthorizationServerMetadata(
                new com.nimbusds.oauth2.sdk.id.Issuer(issuer.url()));
        metadata.setAuthorizationEndpointURI(issuer.endpoint("authorize"));
        metadata.setTokenEndpointURI(issuer.endpoint("token"));
        metadata.setRegistrationEndpointURI(issuer.endpoint("register"));
        metadata.setRevocationEndpointURI(issuer.endpoint("revoke"));
        metadata.setJWKSetURI(issuer.endpoint("jwks"));
        metadata.setScopes(Scope.parse(Scopes.ALL));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(List.of(ResponseMode.QUERY));
        metadata.setGrantTypes(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN,
                GrantType.CLIENT_CREDENTIALS));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(Stream.concat(AUTHENTICATION.stream(),
                Stream.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT)).toList());
        metadata.setTokenEndpointJWSAlgs(ASSERTIONS);
        metadata.setRevocationEndpointAuthMethods(AUTHENTICATION);
        metadata.setSupportsAuthorizationResponseIssuerParam(true);
        Map<String, Object> document = metadata.toJSONObject();
        document.put("client_id_metadata_document_supported", true);
        // What OpenID Connect's schema of this document wants besides; there are no id tokens.
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("ES256"));
        return readable(Response.ok(document));
    }

    static Response readable(Response.ResponseBuilder answer) {
        return answer.header("Cache-Control", "public, max-age=300").build();
    }

    static Response nothing() {
        return Response.status(Response.Status.NOT_FOUND).build();
    }
}
