package io.gatehouse.access.oauth;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.Operation;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where clients give back what they were granted (RFC 7009): either token ends the whole grant. */
@Path(Issuer.PATH + "/revoke")
public class RevocationResource {

    private final TokenRequests requests;
    private final Grants grants;
    private final AccessTokens tokens;

    @Inject
    RevocationResource(TokenRequests requests, Grants grants, AccessTokens tokens) {
        this.requests = requests;
        this.grants = grants;
        this.tokens = tokens;
    }

    /** Says nothing of whether there was such a token. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> revoke(@HeaderParam(HttpHeaders.AUTHORIZATION) List<String> authorization, String form) {
        return Uni.createFrom().deferred(() -> revoke(parse(authorization, form)))
                .map(done -> Response.ok().header("Cache-Control", "no-store").build())
                .onFailure().recoverWithItem(OAuthErrors::render);
    }

    private TokenRevocationRequest parse(List<String> authorization, String form) {
        try {
            return TokenRevocationRequest.parse(requests.message("revoke", authorization, form));
        } catch (ParseException e) {
            throw OAuthErrors.of(e);
        }
    }

    private Uni<Void> revoke(TokenRevocationRequest request) {
        String token = request.getToken().getValue();
        return requests.client(request.getClientAuthentication(), request.getClientID())
                .chain(client -> token.startsWith(Secrets.REFRESH_TOKEN) ? grants.revokeBy(token, client.id())
                        : tokens.verify(token)
                                .chain(claims -> claims == null || claims.grantId() == null ? Uni.createFrom().voidItem()
                                        : grants.revoke(claims.grantId(), client.id())));
    }
}
