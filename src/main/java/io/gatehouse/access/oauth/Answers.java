package io.gatehouse.access.oauth;

import java.net.URI;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.State;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What applications hear through the person's browser; each answer says whose it is (RFC 9207). */
@Singleton
class Answers {

    private final com.nimbusds.oauth2.sdk.id.Issuer issuer;

    @Inject
    Answers(Issuer issuer) {
        this.issuer = new com.nimbusds.oauth2.sdk.id.Issuer(issuer.url());
    }

    /** @param state null for none */
    URI refusal(String redirectUri, String state, ErrorObject error) {
        return new AuthorizationErrorResponse(URI.create(redirectUri), error, state(state), issuer, ResponseMode.QUERY)
                .toURI();
    }

    URI refusal(Asked asked, ErrorObject error) {
        return refusal(asked.redirectUri(), asked.state(), error);
    }

    URI code(Asked asked, String code) {
        return new AuthorizationSuccessResponse(URI.create(asked.redirectUri()), new AuthorizationCode(code), null,
                state(asked.state()), issuer, ResponseMode.QUERY).toURI();
    }

    private static State state(String state) {
        return state == null ? null : new State(state);
    }
}
