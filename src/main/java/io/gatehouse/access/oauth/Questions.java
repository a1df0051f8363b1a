package io.gatehouse.access.oauth;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.Prompt;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Reads authorization requests (RFC 6749, section 4.1.1). Until the application and the address of the answer are known to
 * belong together, nothing is sent anywhere: the person is told.
 */
@Singleton
class Questions {

    private static final int LONGEST = 8_192;
    private static final int DELETE = 0x7f;

    private final OAuthClients clients;
    private final ProtectedResources resources;
    private final ManagementAccess management;
    private final Answers answers;

    @Inject
    Questions(OAuthClients clients, ProtectedResources resources, ManagementAccess management, Answers answers) {
        this.clients = clients;
        this.resources = resources;
        this.management = management;
        this.answers = answers;
    }

    /** @param query of the request; fails with INVALID for what can only be told to the person */
    Uni<Question> read(String query) {
        return Uni.createFrom().deferred(() -> {
            if (query == null || query.length() > LONGEST || !query.chars().allMatch(c -> c > ' ' && c < DELETE)) {
                throw Problem.invalid("invalid_request", "The application's request is empty, too long or no query");
            }
            Map<String, List<String>> parameters = URLUtils.parseParameters(query);
            return clients.asking(one(parameters, "client_id")).onItem()
                    .ifNull().failWith(() -> Problem.invalid("invalid_request",
                            "The application is not registered here (any more); it can register again"))
                    .chain(client -> read(client, parameters));
        });
    }

    private static String one(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Problem.invalid("invalid_request", name + " is there more than once");
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    private Uni<Question> read(OAuthClient client, Map<String, List<String>> parameters) {
        String sent = one(parameters, "redirect_uri");
        if (sent.isEmpty() ? client.redirectUris().size() != 1 : !client.mayBeSentTo(sent)) {
            throw Problem.invalid("invalid_request", "redirect_uri is none that the application has registered");
        }
        String redirectUri = sent.isEmpty() ? client.redirectUris().get(0) : sent;
        AuthorizationRequest request;
        try {
            request = AuthorizationRequest.parse(parameters);
        } catch (ParseException e) {
            ErrorObject error = e.getErrorObject() == null ? OAuth2Error.INVALID_REQUEST : e.getErrorObject();
            return refused(redirectUri, e.getState() == null ? null : e.getState().getValue(), error);
        }
        String state = request.getState() == null ? null : request.getState().getValue();
        ErrorObject fault = fault(request);
        if (fault != null) {
            return refused(redirectUri, state, fault);
        }
        return resource(request).map(found -> found.map(resource -> {
            Set<String> scopes = Scopes.granted(resource.scopes(), request.getScope());
            return scopes.isEmpty()
                    ? refusal(redirectUri, state, OAuth2Error.INVALID_SCOPE
                            .setDescription("the scopes are " + String.join(" and ", resource.scopes())))
                    : new Asked(client, redirectUri, !sent.isEmpty(), state, request.getCodeChallenge().getValue(),
                            resource, scopes, prompts(request));
        }).orElseGet(() -> refusal(redirectUri, state, OAuth2Error.INVALID_TARGET
                .setDescription("resource: the URL of an MCP server that people can be let in to, or of the management API"))));
    }

    private Uni<Question> refused(String redirectUri, String state, ErrorObject error) {
        return Uni.createFrom().item(refusal(redirectUri, state, error));
    }

    private Question refusal(String redirectUri, String state, ErrorObject error) {
        return new Question.Refused(answers.refusal(redirectUri, state, error));
    }

    /** What OAuth 2.1 does not have, or is not had here. */
    private static ErrorObject fault(AuthorizationRequest request) {
        if (!request.getResponseType().equals(ResponseType.CODE)) {
            return OAuth2Error.UNSUPPORTED_RESPONSE_TYPE.setDescription("response_type: code");
        }
        if (request.getCodeChallenge() == null || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())) {
            return OAuth2Error.INVALID_REQUEST.setDescription("code_challenge with code_challenge_method S256 is needed");
        }
        if (request.getRequestObject() != null || request.getRequestURI() != null) {
            return OAuth2Error.REQUEST_NOT_SUPPORTED;
        }
        return request.getPrompt() != null && request.getPrompt().contains(Prompt.Type.NONE)
                ? OAuth2Error.ACCESS_DENIED.setDescription("prompt: a person is asked, always")
                : null;
    }

    private static boolean prompts(AuthorizationRequest request) {
        return request.getPrompt() != null && request.getPrompt().contains(Prompt.Type.CONSENT);
    }

    /** Older clients name none; that is taken for the only one that there is. */
    private Uni<Optional<ProtectedResource>> resource(AuthorizationRequest request) {
        List<URI> named = request.getResources();
        return named == null || named.isEmpty() ? resources.only()
                : named.size() > 1 ? Uni.createFrom().item(Optional.empty())
                        : management.find(named.get(0)).chain(
                                found -> found.isPresent() ? Uni.createFrom().item(found) : resources.find(named.get(0)));
    }
}
