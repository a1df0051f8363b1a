package io.gatehouse.access.oauth;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where clients get access tokens (RFC 6749, section 3.2). */
@Path(Issuer.PATH + "/token")
public class TokenResource {

    private final TokenRequests requests;
    private final Grants grants;
    private final ServiceTokens services;
    private final AccessTokens tokens;

    @Inject
    TokenResource(TokenRequests requests, Grants grants, ServiceTokens services, AccessTokens tokens) {
        this.requests = requests;
        this.grants = grants;
        this.services = services;
        this.tokens = tokens;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> token(@HeaderParam(HttpHeaders.AUTHORIZATION) List<String> authorization, String form) {
        return Uni.createFrom().deferred(() -> answer(parse(authorization, form)))
                .onFailure().recoverWithItem(OAuthErrors::render);
    }

    private TokenRequest parse(List<String> authorization, String form) {
        try {
            return TokenRequest.parse(requests.message("token", authorization, form));
        } catch (ParseException e) {
            throw OAuthErrors.of(e);
        }
    }

    private Uni<Response> answer(TokenRequest request) {
        if (request.getAuthorizationGrant() instanceof ClientCredentialsGrant) {
            return services.issue(request)
                    .map(issued -> granted(issued.token(), null, issued.scope()));
        }
        return requests.client(request.getClientAuthentication(), request.getClientID())
                .chain(client -> grant(client, request))
                .chain(issued -> {
                    String scope = scope(request.getScope(), issued.grant());
                    return tokens.sign(issued.grant(), scope).map(token -> granted(token, issued.refreshToken(), scope));
                });
    }

    private Uni<Grants.Issued> grant(OAuthClient client, TokenRequest request) {
        if (request.getAuthorizationGrant() instanceof AuthorizationCodeGrant code) {
            return grants.exchange(code.getAuthorizationCode().getValue(),
                    new CodeCheck(client.id(), code, request.getResources()));
        }
        if (request.getAuthorizationGrant() instanceof RefreshTokenGrant refresh) {
            return grants.refresh(refresh.getRefreshToken().getValue(), client.id(), request.getResources());
        }
        throw Problem.invalid("unsupported_grant_type",
                "authorization_code, refresh_token and client_credentials are what there is");
    }

    /** Less than was granted, where less is asked for. */
    private static String scope(Scope asked, Grant grant) {
        if (asked == null || asked.isEmpty()) {
            return grant.scope();
        }
        return Scopes.format(Scopes.granted(List.of(grant.scope().split(" ")), asked));
    }

    private Response granted(String token, String refreshToken, String scope) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("access_token", token).put("token_type", "Bearer")
                .put("expires_in", tokens.lifetime().toSeconds()).put("scope", scope);
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken);
        }
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).header("Cache-Control", "no-store").build();
    }
}
