package io.gatehouse.access.sso;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;

import io.gatehouse.access.issuers.OpenIdProvider;
import io.gatehouse.access.issuers.OpenIdProviders;
import io.gatehouse.access.sso.IdentityProviders.Login;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.platform.outbound.OutboundResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * What we say to the provider behind the browser's back. The messages are a library's, the way out is ours; no redirect is
 * followed, for secrets are in the bodies.
 */
@Singleton
class Conversation {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long LARGEST = 262_144;

    private final IdentityProviders ours;
    private final OpenIdProviders providers;
    private final Outbound outbound;

    @Inject
    Conversation(IdentityProviders ours, OpenIdProviders providers, Outbound outbound) {
        this.ours = ours;
        this.providers = providers;
        this.outbound = outbound;
    }

    /** What the provider says of a person. */
    record Told(String idToken, Map<String, Object> claims) {

        @Override
        public String toString() {
            return "what is told of a person";
        }
    }

    /** Who has brought this code. Fails in any way where that can't be told. */
    Uni<Told> redeem(Login login, OpenIdProvider provider, Journey journey, String code) {
        return outbound.send(message(tokenRequest(login, provider, journey, code)), TIMEOUT, LARGEST)
                .map(Conversation::tokens)
                .chain(tokens -> providers.claims(login.provider().issuer(), login.provider().clientId(), journey.nonce(),
                        tokens.getIDTokenString())
                        .chain(claims -> completed(login, provider, tokens.getAccessToken(), claims))
                        .map(claims -> new Told(tokens.getIDTokenString(), claims)));
    }

    private HTTPRequest tokenRequest(Login login, OpenIdProvider provider, Journey journey, String code) {
        ClientID client = new ClientID(login.provider().clientId());
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(new AuthorizationCode(code),
                URI.create(login.provider().redirectUri()), new CodeVerifier(journey.verifier()));
        String known = ours.secret(login);
        if (known == null) {
            return new TokenRequest.Builder(provider.token(), client, grant).build().toHTTPRequest();
        }
        Secret secret = new Secret(known);
        return new TokenRequest.Builder(provider.token(), provider.takesSecretsInBodies()
                ? new ClientSecretPost(client, secret)
                : new ClientSecretBasic(client, secret), grant).build().toHTTPRequest();
    }

    private static OIDCTokens tokens(OutboundResponse answer) {
        try {
            if (answer.status() != 200) {
                throw Problem.upstream("The token endpoint answers " + answer.status() + ": "
                        + TokenErrorResponse.parse(JSONObjectUtils.parse(answer.body().toString())).getErrorObject(), null);
            }
            return OIDCTokenResponse.parse(JSONObjectUtils.parse(answer.body().toString())).getOIDCTokens();
        } catch (ParseException e) {
            throw Problem.upstream("The token endpoint answers " + answer.status() + " with what is no token response", e);
        }
    }

    /** What the ID token leaves out may be had for the access token (OpenID Connect Core, section 5.3). */
    private Uni<Map<String, Object>> completed(Login login, OpenIdProvider provider, AccessToken token,
            Map<String, Object> claims) {
        boolean isComplete = claims.containsKey("email") && claims.containsKey(login.provider().groupsClaim());
        return isComplete || provider.userInfo() == null ? Uni.createFrom().item(claims)
                : outbound.send(message(new UserInfoRequest(provider.userInfo(), token).toHTTPRequest()), TIMEOUT, LARGEST)
                        .map(answer -> completed(claims, answer));
    }

    private static Map<String, Object> completed(Map<String, Object> claims, OutboundResponse answer) {
        try {
            Map<String, Object> all = new HashMap<>(JSONObjectUtils.parse(answer.body().toString()));
            if (answer.status() != 200 || !claims.get("sub").equals(all.get("sub"))) {
                throw Problem.upstream("The userinfo endpoint answers " + answer.status() + ", or of somebody else", null);
            }
            all.putAll(claims);
            return all;
        } catch (ParseException e) {
            throw Problem.upstream("The userinfo endpoint answers " + answer.status() + " with what is no JSON object", e);
        }
    }

    private static OutboundRequest message(HTTPRequest message) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(
                List.of(Map.entry("Accept", "application/json"), Map.entry("User-Agent", "Gatehouse")));
        message.getHeaderMap()
                .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        return new OutboundRequest(message.getMethod().name(), message.getURI(), headers, List.of("authorization"),
                message.getBody() == null ? null : Buffer.buffer(message.getBody()), false);
    }
}
