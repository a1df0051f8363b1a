package io.gatehouse.access.oauth;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;

import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Takes what clients send to the endpoints where they have to show who they are (RFC 6749, section 2.3). */
@Singleton
class TokenRequests {

    private static final int LARGEST = 16 * 1024;
    private static final Set<String> CREDENTIALS = Set.of("client_secret", "client_assertion");

    private final Issuer issuer;
    private final OAuthClients clients;

    @Inject
    TokenRequests(Issuer issuer, OAuthClients clients) {
        this.issuer = issuer;
        this.clients = clients;
    }

    /**
     * In the library's form.
     *
     * @param authorization all headers of that name: which of several counts, two who read them may see differently
     */
    HTTPRequest message(String endpoint, List<String> authorization, String form) {
        if (form.length() > LARGEST) {
            throw Problem.tooLarge("The form has more than " + LARGEST + " characters");
        }
        HTTPRequest message = new HTTPRequest(HTTPRequest.Method.POST, issuer.endpoint(endpoint));
        try {
            message.setContentType("application/x-www-form-urlencoded");
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
        message.setBody(form);
        if (!authorization.isEmpty()) {
            message.setAuthorization(authorization.get(0));
        }
        if (authorization.size() > 1 || !authorization.isEmpty() && hasCredentials(message)) {
            throw Problem.malformed("invalid_request", "A client shows in one way that it is itself (RFC 6749, section 2.3)");
        }
        return message;
    }

    private static boolean hasCredentials(HTTPRequest message) {
        try {
            return !Collections.disjoint(message.getBodyAsFormParameters().keySet(), CREDENTIALS);
        } catch (ParseException e) {
            throw OAuthErrors.of(e);
        }
    }

    /** The client, which is itself. Fails with UNAUTHENTICATED. */
    Uni<OAuthClient> client(ClientAuthentication authentication, ClientID named) {
        ClientID id = authentication == null ? named : authentication.getClientID();
        if (id == null) {
            throw Problem.malformed("invalid_request", "client_id is missing");
        }
        return clients.find(id.getValue()).onItem()
                .ifNull().failWith(() -> OAuthErrors.invalidClient("The client is not known here; it may register anew"))
                .invoke(client -> check(client, authentication));
    }

    private static void check(OAuthClient client, ClientAuthentication authentication) {
        if (authentication == null ? client.isConfidential() : !knowsSecret(client, authentication)) {
            throw OAuthErrors.invalidClient("The client has to show its secret, by "
                    + client.authentication().getValue());
        }
    }

    /** By either of the two ways: clients mix them up, and the secret is as good in both. */
    private static boolean knowsSecret(OAuthClient client, ClientAuthentication authentication) {
        return client.isConfidential()
                && List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .contains(authentication.getMethod())
                && authentication instanceof PlainClientSecret secret
                && TokenDigest.areEqual(client.secretDigest(), Secrets.digest(secret.getClientSecret().getValue()));
    }
}
