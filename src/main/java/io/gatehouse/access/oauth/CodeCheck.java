package io.gatehouse.access.oauth;

import java.net.URI;
import java.util.List;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;

import io.gatehouse.access.tokens.TokenDigest;

/** Whether who brings a code is who it was made for (RFC 6749, section 4.1.3; RFC 7636, section 4.6; RFC 8707). */
record CodeCheck(String clientId, AuthorizationCodeGrant sent, List<URI> resources) {

    /** What is wrong, or null. */
    String fault(CodeEntity code) {
        if (!code.clientId.equals(clientId)) {
            return "The authorization code is another client's";
        }
        URI redirectUri = sent.getRedirectionURI();
        if (redirectUri == null ? code.redirectUriSent : !code.redirectUri.equals(redirectUri.toString())) {
            return "redirect_uri is not that of the authorization request";
        }
        if (sent.getCodeVerifier() == null || !TokenDigest.areEqual(code.challenge,
                CodeChallenge.compute(CodeChallengeMethod.S256, sent.getCodeVerifier()).getValue())) {
            return "code_verifier does not fit the challenge of the authorization request";
        }
        return isFor(code.resource, resources) ? null : "resource is not that of the authorization request";
    }

    static boolean isFor(String resource, List<URI> asked) {
        return asked == null || asked.stream().allMatch(one -> one.toString().equals(resource));
    }
}
