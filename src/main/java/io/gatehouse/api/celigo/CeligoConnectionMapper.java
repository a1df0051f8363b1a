package io.gatehouse.api.celigo;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.gatehouse.connections.ClientGrant;
import io.gatehouse.connections.ClientGrant.Authentication;
import io.gatehouse.connections.Scheme;
import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Problem.Detail;
import io.gatehouse.upstreams.Registration;
import io.gatehouse.upstreams.State;

/** From the upstreams of the domain to the connections of type mcp of this dialect. */
final class CeligoConnectionMapper {

    /** The words of the domain for the parts of a request, the longer before the shorter ones that they begin with. */
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry("remote.auth.token_url", "mcp.http.auth.oauth.tokenURI"),
            Map.entry("remote.auth.client_id", "mcp.http.auth.oauth.clientId"),
            Map.entry("remote.auth.client_secret", "mcp.http.auth.oauth.clientSecret"),
            Map.entry("remote.auth.scope", "mcp.http.auth.oauth.scope"),
            Map.entry("remote.auth.resource", "mcp.http.auth.oauth.resource"),
            Map.entry("remote.auth.audience", "mcp.http.auth.oauth.audience"),
            Map.entry("remote.auth.name", "mcp.http.auth"),
            Map.entry("remote.auth", "mcp.http.auth"),
            Map.entry("remote.connection_id", "mcp.http.auth"),
            Map.entry("remote.timeout_seconds", "mcp.timeout"),
            Map.entry("remote.allowed_tools", "mcp.allowedTools"),
            Map.entry("remote.url", "mcp.serverURL"));

    private CeligoConnectionMapper() {
    }

    static CeligoConnection wire(Registration remote) {
        return new CeligoConnection(remote.objectId(), remote.name(), "mcp", remote.state() != State.HEALTHY,
                new CeligoConnection.Mcp("http", remote.url(), remote.timeout().toMillis(),
                        remote.allowedTools().areAll() ? List.of() : remote.allowedTools().names(),
                        new CeligoConnection.Http(auth(remote.scheme())), word(remote.changePolicy()),
                        word(remote.state()), remote.stateDetail(), remote.pendingChanges()),
                remote.createdAt(), remote.updatedAt());
    }

    private static CeligoConnection.Auth auth(Scheme scheme) {
        return switch (scheme.kind()) {
            case NONE -> new CeligoConnection.Auth("none", null, null);
            case BEARER -> token("header", "Authorization", "Bearer", null);
            case BASIC -> new CeligoConnection.Auth("custom", null, null);
            case API_KEY -> scheme.place() == Place.HEADER ? token("header", scheme.parameter(), "", null)
                    : scheme.place() == Place.QUERY ? token("url", null, null, scheme.parameter())
                            : new CeligoConnection.Auth("custom", null, null);
            case CLIENT_CREDENTIALS -> new CeligoConnection.Auth("oauth", null, oauth(scheme.grant()));
        };
    }

    private static CeligoConnection.Auth token(String location, String header, String scheme, String parameter) {
        return new CeligoConnection.Auth("token",
                new CeligoConnection.Token(CeligoServerMapper.MASK, location, header, scheme, parameter), null);
    }

    private static CeligoConnection.OAuth oauth(ClientGrant grant) {
        return new CeligoConnection.OAuth("clientcredentials", grant.tokenUrl().toString(),
                grant.scope() == null ? List.of() : List.of(grant.scope().split(" ")), grant.clientId(),
                CeligoServerMapper.MASK,
                grant.authentication() == Authentication.CLIENT_SECRET_POST ? "body" : "basicauthheader",
                grant.resource() == null ? null : grant.resource().toString(), grant.audience());
    }

    static CeligoConnection.Ping ping(Registration remote) {
        return remote.state() == State.HEALTHY
                ? new CeligoConnection.Ping(200, "The MCP server answers", null)
                : new CeligoConnection.Ping(null, null, List.of(new CeligoConnection.Fault(word(remote.state()),
                        remote.stateDetail() == null ? "The MCP server does not answer as it should" : remote.stateDetail(),
                        "connector")));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What is wrong, in the words of this dialect. */
    static Problem inOwnWords(Problem problem) {
        return problem.details().isEmpty() ? problem
                : Problem.invalid(problem.details().stream()
                        .map(detail -> new Detail(renamed(detail.field()), detail.code(), renamed(detail.message())))
                        .toList());
    }

    private static String renamed(String text) {
        return WORDS.stream().filter(word -> text.startsWith(word.getKey())).findFirst()
                .map(word -> word.getValue() + text.substring(word.getKey().length())).orElse(text);
    }
}
