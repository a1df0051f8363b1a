package io.gatehouse.access.issuers;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;

import io.gatehouse.access.issuers.TrustedIssuer.Introspection;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.platform.outbound.OutboundResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Asks issuers about tokens that say nothing themselves (RFC 7662). The messages are a library's, the way out is ours; no
 * redirect is followed, for the token is in the body.
 */
@Singleton
class OpaqueTokens {

    private final Discovery discovery;
    private final Outbound outbound;
    private final Clock clock;

    @Inject
    OpaqueTokens(Discovery discovery, Outbound outbound, Clock clock) {
        this.discovery = discovery;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** Fails with UNAUTHENTICATED, or in any other way where the issuer can't be asked. */
    Uni<Visitor> verify(TrustedIssuer trust, String token) {
        if (trust.introspection() == null) {
            throw Problem.unauthenticated("The token is no signed JWT, and others are not accepted");
        }
        return discovery.of(trust.issuer()).chain(metadata -> {
            if (metadata.introspection() == null) {
                throw Problem.upstream("The issuer offers no introspection", null);
            }
            return outbound.send(request(metadata.introspection(), trust.introspection(), token), Documents.TIMEOUT,
                    Documents.LARGEST);
        }).map(answer -> read(trust, answer));
    }

    private static OutboundRequest request(URI endpoint, Introspection client, String token) {
        HTTPRequest message = new TokenIntrospectionRequest(endpoint,
                new ClientSecretBasic(new ClientID(client.clientId()), new Secret(client.clientSecret())),
                new BearerAccessToken(token)).toHTTPRequest();
        List<Map.Entry<String, String>> headers = new ArrayList<>(
                List.of(Map.entry("Accept", "application/json"), Map.entry("User-Agent", "Gatehouse")));
        message.getHeaderMap()
                .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        return new OutboundRequest("POST", endpoint, headers, List.of("authorization"), Buffer.buffer(message.getBody()),
                false);
    }

    private Visitor read(TrustedIssuer trust, OutboundResponse answer) {
        if (answer.status() != 200) {
            throw Problem.upstream("The issuer answers introspection with " + answer.status(), null);
        }
        try {
            String body = answer.body().toString();
            if (TokenIntrospectionSuccessResponse.parse(JSONObjectUtils.parse(body)).isActive()) {
                return Claims.ofAnswer(trust, JwtClaims.parse(body), clock);
            }
        } catch (ParseException | InvalidJwtException e) {
            throw Problem.upstream("The issuer answers introspection with what is no answer", e);
        }
        throw Problem.unauthenticated("The token is not active");
    }
}
