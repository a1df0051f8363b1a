package io.gatehouse.connections;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.platform.outbound.OutboundResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Asks authorization servers for access tokens. The messages are a library's, the way out is ours; no redirect is
 * followed, for the secret may be in the body.
 */
@Singleton
class TokenEndpoint {

    /** RFC 6749, section 5.1: the server should say; this holds where it does not. */
    private static final Duration UNSAID = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LARGEST_ANSWER = 262_144;
    private static final int LONGEST_TOKEN = 65_536;
    private static final int LONGEST_REASON = 300;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1," + LONGEST_TOKEN + "}");

    private final Outbound outbound;

    @Inject
    TokenEndpoint(Outbound outbound) {
        this.outbound = outbound;
    }

    /** An access token and how long it is good. */
    record Issued(String token, Duration lifetime) {

        @Override
        public String toString() {
            return "token for " + lifetime;
        }
    }

    /** Fails with UPSTREAM and says why, without any secret. */
    Uni<Issued> ask(ClientLogin login) {
        return Uni.createFrom().deferred(() -> outbound.send(request(login)))
                .map(answer -> read(login, answer))
                .onFailure(Problem.class)
                .transform(failure -> Problem.upstream(
                        "No access token for the connection " + login.name() + ": " + failure.getMessage(), failure));
    }

    private static OutboundRequest request(ClientLogin login) {
        ClientGrant grant = login.grant();
        ClientID id = new ClientID(grant.clientId());
        Secret secret = new Secret(login.secret());
        ClientAuthentication authentication = switch (grant.authentication()) {
            case CLIENT_SECRET_BASIC -> new ClientSecretBasic(id, secret);
            case CLIENT_SECRET_POST -> new ClientSecretPost(id, secret);
        };
        TokenRequest.Builder message = new TokenRequest.Builder(grant.tokenUrl(), authentication,
                new ClientCredentialsGrant());
        if (grant.scope() != null) {
            message.scope(Scope.parse(grant.scope()));
        }
        if (grant.resource() != null) {
            message.resource(grant.resource());
        }
        if (grant.audience() != null) {
            message.customParameter("audience", grant.audience());
        }
        HTTPRequest http = message.build().toHTTPRequest();
        List<Map.Entry<String, String>> headers = new ArrayList<>(
                List.of(Map.entry("Accept", "application/json"), Map.entry("User-Agent", "Gatehouse")));
        http.getHeaderMap().forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        return new OutboundRequest("POST", grant.tokenUrl(), headers, List.of("authorization"),
                Buffer.buffer(http.getBody()), false);
    }

    private static Issued read(ClientLogin login, OutboundResponse answer) {
        if (answer.body().length() > LARGEST_ANSWER) {
            throw Problem.tooLarge("the token endpoint's answer is too large");
        }
        TokenResponse message;
        try {
            message = TokenResponse.parse(JSONObjectUtils.parse(answer.body().toString()));
        } catch (ParseException e) {
            throw Problem.upstream("the token endpoint answered " + answer.status() + (answer.status() == 200
                    ? " with what is no token response: " + safe(login, e.getMessage())
                    : ""), e);
        }
        if (message.indicatesSuccess() && answer.status() == 200) {
            return issued(message.toSuccessResponse());
        }
        ErrorObject error = message.indicatesSuccess() ? null : message.toErrorResponse().getErrorObject();
        throw Problem.upstream(error == null || error.getCode() == null
                ? "the token endpoint answered " + answer.status()
                : "the token endpoint refused: " + safe(login, error.getCode()
                        + (error.getDescription() == null ? "" : " (" + error.getDescription() + ")")),
                null);
    }

    private static Issued issued(AccessTokenResponse message) {
        BearerAccessToken token = message.getTokens().getBearerAccessToken();
        if (token == null) {
            throw Problem.upstream("the token endpoint gives no bearer tokens", null);
        }
        if (!VISIBLE.matcher(token.getValue()).matches()) {
            throw Problem.upstream("the token endpoint gave a token that fits into no header", null);
        }
        boolean isSaid = message.toJSONObject().containsKey("expires_in");
        Duration lifetime = isSaid ? Duration.ofSeconds(Math.max(0, Math.min(token.getLifetime(), LONGEST.toSeconds())))
                : UNSAID;
        return new Issued(token.getValue(), lifetime);
    }

    /** What a stranger says may be anything, even the secret that it was shown. */
    private static String safe(ClientLogin login, String text) {
        String encoded = URLEncoder.encode(login.secret(), StandardCharsets.UTF_8);
        String clean = String.valueOf(text).replace(login.secret(), "******").replace(encoded, "******");
        return clean.length() <= LONGEST_REASON ? clean : clean.substring(0, LONGEST_REASON) + "…";
    }
}
