package io.gatehouse.api.celigo;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.JsonFields;
import io.gatehouse.connections.ClientGrant;
import io.gatehouse.connections.ClientGrant.Authentication;
import io.gatehouse.connections.Scheme;
import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Problem;
import io.gatehouse.upstreams.AllowedTools;
import io.gatehouse.upstreams.ChangePolicy;
import io.gatehouse.upstreams.CredentialWish;
import io.gatehouse.upstreams.UpstreamDraft;

/** Reads what a request says of a connection of type mcp. */
final class ConnectionReader {

    private static final int USUAL_TIMEOUT = 600_000;
    private static final int SHORTEST_TIMEOUT = 1_000;
    private static final int LONGEST_TIMEOUT = 600_000;
    private static final String AUTHORIZATION = "Authorization";
    private static final Set<String> POLICIES = Set.of("serve", "withhold");
    private static final CredentialWish NOTHING = new CredentialWish(null, Scheme.NONE, null);

    private final Faults faults;

    /** How the credential is shown that is there; null for a new connection. */
    private final Scheme present;

    private ConnectionReader(Faults faults, Scheme present) {
        this.faults = faults;
        this.present = present;
    }

    /**
     * @param present how the credential is shown that is there; null for a new connection
     * @throws Problem INVALID that tells all that is wrong
     */
    static UpstreamDraft read(JsonNode body, Scheme present) {
        Faults faults = new Faults();
        UpstreamDraft draft = new ConnectionReader(faults, present).draft(JsonFields.of(body, faults));
        if (!faults.concern("mcp")) {
            faults.gather(() -> checked(draft, present == null));
        }
        faults.raise();
        return draft;
    }

    private static UpstreamDraft checked(UpstreamDraft draft, boolean isNew) {
        try {
            return draft.check(isNew);
        } catch (Problem problem) {
            throw CeligoConnectionMapper.inOwnWords(problem);
        }
    }

    private UpstreamDraft draft(JsonFields connection) {
        String name = required(connection, "name");
        required(connection, "type");
        connection.word("type", Set.of("mcp"));
        JsonFields mcp = connection.object("mcp");
        if (mcp == null) {
            faults.add("mcp", "missing_required_field", "mcp is required for a connection of type mcp");
            return new UpstreamDraft(null, name, null, null, null, null, null);
        }
        List<String> allowed = mcp.texts("allowedTools");
        String policy = mcp.word("changePolicy", POLICIES);
        return new UpstreamDraft(null, name, required(mcp, "serverURL"), credential(mcp.object("http")), timeout(mcp),
                allowed.isEmpty() ? AllowedTools.ALL : new AllowedTools(allowed),
                policy == null ? null : policy.equals("serve") ? ChangePolicy.SERVE : ChangePolicy.WITHHOLD);
    }

    private Duration timeout(JsonFields mcp) {
        Integer given = mcp.integer("timeout");
        int millis = given == null ? USUAL_TIMEOUT : given;
        if (millis < SHORTEST_TIMEOUT || millis > LONGEST_TIMEOUT) {
            faults.add(mcp.path("timeout"), "invalid_field_value", mcp.path("timeout") + ": from " + SHORTEST_TIMEOUT
                    + " to " + LONGEST_TIMEOUT + " milliseconds");
            return null;
        }
        return Duration.ofMillis(millis);
    }

    /** None where there is nothing about it. */
    private CredentialWish credential(JsonFields http) {
        JsonFields auth = http == null ? null : http.object("auth");
        if (auth == null) {
            if (http != null && http.has("headers")) {
                faults.add(http.path("auth"), "missing_required_field", http.path("auth") + " is required with headers");
            }
            return NOTHING;
        }
        required(auth, "type");
        String type = auth.word("type", Set.of("none", "token", "oauth", "custom"));
        if (http.has("headers") && type != null && !type.equals("custom")) {
            faults.add(http.path("headers"), "invalid_field_value",
                    http.path("headers") + ": only with auth of type custom");
        }
        return switch (type == null ? "none" : type) {
            case "token" -> token(auth.path("token"), auth.object("token"));
            case "oauth" -> oauth(auth.path("oauth"), auth.object("oauth"));
            case "custom" -> custom(http, http.objects("headers"));
            default -> NOTHING;
        };
    }

    private CredentialWish token(String path, JsonFields token) {
        if (token == null) {
            faults.add(path, "missing_required_field", path + " is required for auth of type token");
            return NOTHING;
        }
        String location = token.word("location", Set.of("header", "url"));
        if ("url".equals(location)) {
            return wish(token, "token", Scheme.apiKey(Place.QUERY, required(token, "paramName")));
        }
        String header = token.text("headerName");
        boolean isUsual = header == null || header.equalsIgnoreCase(AUTHORIZATION);
        String scheme = token.text("scheme");
        boolean isBearer = isUsual && (scheme == null || scheme.equalsIgnoreCase("Bearer"));
        if (!isBearer && scheme != null && !scheme.isBlank()) {
            faults.add(token.path("scheme"), "enum",
                    token.path("scheme") + ": Bearer with the header Authorization, or nothing before the token");
        }
        return wish(token, "token", isBearer ? Scheme.BEARER : Scheme.apiKey(Place.HEADER, isUsual ? AUTHORIZATION : header));
    }

    private CredentialWish oauth(String path, JsonFields oauth) {
        if (oauth == null) {
            faults.add(path, "missing_required_field", path + " is required for auth of type oauth");
            return NOTHING;
        }
        String grant = oauth.text("grantType");
        if (!"clientcredentials".equals(grant)) {
            faults.add(oauth.path("grantType"), "enum", oauth.path("grantType") + ": clientcredentials");
        }
        String place = oauth.word("clientCredentialsLocation", Set.of("basicauthheader", "body"));
        List<String> scopes = oauth.texts("scope");
        return wish(oauth, "clientSecret", Scheme.clientCredentials(new ClientGrant(uri(oauth, "tokenURI", true),
                required(oauth, "clientId"), scopes.isEmpty() ? null : String.join(" ", scopes),
                uri(oauth, "resource", false), oauth.text("audience"),
                "body".equals(place) ? Authentication.CLIENT_SECRET_POST : Authentication.CLIENT_SECRET_BASIC)));
    }

    /** What this dialect can't say of a credential stays as it is. */
    private CredentialWish custom(JsonFields http, List<JsonFields> headers) {
        if (headers.isEmpty()) {
            if (present == null || !isBeyond(present)) {
                faults.add(http.path("headers"), "missing_required_field",
                        http.path("headers") + " is required for auth of type custom");
            }
            return null;
        }
        if (headers.size() > 1) {
            faults.add(http.path("headers"), "max", http.path("headers") + ": one at most");
        }
        String value = headers.get(0).text("value");
        if (value != null && value.contains("{{")) {
            faults.add(headers.get(0).path("value"), "invalid_field_value",
                    headers.get(0).path("value") + ": expressions are not evaluated here");
        }
        return wish(headers.get(0), "value", Scheme.apiKey(Place.HEADER, required(headers.get(0), "name")));
    }

    private static boolean isBeyond(Scheme scheme) {
        return scheme.kind() == Kind.BASIC || scheme.place() == Place.COOKIE;
    }

    /** A secret that is masked or left out is the one that is there. */
    private CredentialWish wish(JsonFields fields, String name, Scheme scheme) {
        String secret = fields.text(name);
        boolean isMasked = secret == null || secret.equals(CeligoServerMapper.MASK);
        if (isMasked && (present == null || !scheme.equals(present))) {
            faults.add(fields.path(name), "missing_required_field",
                    fields.path(name)
                            + (present == null ? " is required" : " is required where anything else about it changes"));
            return NOTHING;
        }
        return new CredentialWish(null, scheme, isMasked ? null : secret);
    }

    private String required(JsonFields fields, String name) {
        String value = fields.text(name);
        if (value == null || value.isBlank()) {
            faults.add(fields.path(name), "missing_required_field", fields.path(name) + " is required");
        }
        return value;
    }

    private URI uri(JsonFields fields, String name, boolean isRequired) {
        String text = isRequired ? required(fields, name) : fields.text(name);
        try {
            return text == null || text.isBlank() ? null : new URI(text.strip());
        } catch (URISyntaxException e) {
            faults.add(fields.path(name), "invalid_uri", fields.path(name) + ": not a URL");
            return null;
        }
    }
}
