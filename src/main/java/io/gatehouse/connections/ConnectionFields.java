package io.gatehouse.connections;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.journal.audit.Secret;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.platform.outbound.OutboundRequest;

/** The rules for what a connection is given, as it is put on its row. */
final class ConnectionFields {

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_SECRET = 16_384;
    private static final int LONGEST_PARAMETER = 200;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_CLIENT_ID = 500;
    private static final int HIGHEST_PORT = 65_535;

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    /** RFC 6749, appendix A: client ids and secrets, and scopes. */
    private static final Pattern VISIBLE_OR_SPACE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*");

    private ConnectionFields() {
    }

    /** Puts what is not null on the row, but for the secret. */
    static void apply(ConnectionEntity row, ConnectionChange change) {
        if (change.name() != null) {
            row.name = Text.required("name", change.name(), LONGEST_NAME);
        }
        if (change.baseUrl() != null) {
            row.baseUrl = change.baseUrl().isBlank() ? null : baseUrl(change.baseUrl());
        }
        if (change.scheme() != null) {
            row.kind = change.scheme().kind();
            row.place = change.scheme().place();
            row.parameter = parameter(change.scheme());
            row.clientGrant = row.kind == Kind.CLIENT_CREDENTIALS ? StoredJson.write(grant(change.scheme().grant())) : null;
        }
    }

    /** For the ledger. */
    static Map<String, Object> of(ConnectionEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", row.name);
        fields.put("project_id", row.projectId);
        fields.put("authentication_type", row.kind.name().toLowerCase(Locale.ROOT));
        fields.put("in", row.place == null ? null : row.place.name().toLowerCase(Locale.ROOT));
        fields.put("parameter", row.parameter);
        fields.put("base_url", row.baseUrl);
        fields.put("secret", Secret.of(row.sealedSecret));
        ClientGrant grant = row.grant();
        if (grant != null) {
            fields.put("token_url", grant.tokenUrl().toString());
            fields.put("client_id", grant.clientId());
            fields.put("scope", grant.scope());
            fields.put("resource", grant.resource() == null ? null : grant.resource().toString());
            fields.put("audience", grant.audience());
            fields.put("client_authentication", grant.authentication().name().toLowerCase(Locale.ROOT));
        }
        return fields;
    }

    static String secret(Kind kind, String given) {
        String field = kind == Kind.CLIENT_CREDENTIALS ? "input.client_secret" : "input";
        Text.required(field, given, LONGEST_SECRET);
        if (!VISIBLE_OR_SPACE.matcher(given).matches()) {
            throw invalid(field, "a secret has visible ASCII characters only");
        }
        return given;
    }

    private static String parameter(Scheme scheme) {
        if (scheme.kind() != Kind.API_KEY) {
            return null;
        }
        String name = scheme.parameter();
        boolean fits = name != null && name.length() <= LONGEST_PARAMETER && switch (scheme.place()) {
            case QUERY -> VISIBLE.matcher(name).matches();
            case HEADER -> Text.isToken(name)
                    && !OutboundRequest.RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT));
            case COOKIE -> Text.isToken(name);
        };
        if (!fits) {
            throw invalid("input.name", "not the name of a header, query parameter or cookie");
        }
        return name;
    }

    private static ClientGrant grant(ClientGrant given) {
        String clientId = Text.required("input.client_id", given.clientId(), LONGEST_CLIENT_ID);
        if (!VISIBLE_OR_SPACE.matcher(clientId).matches()) {
            throw invalid("input.client_id", "a client id has visible ASCII characters only");
        }
        if (given.scope() != null && !SCOPE.matcher(Text.bounded("input.scope", given.scope(), LONGEST_URL)).matches()) {
            throw invalid("input.scope", "words with one space between them are needed");
        }
        if (given.resource() != null && (!given.resource().isAbsolute() || given.resource().getRawFragment() != null)) {
            throw invalid("input.resource", "an absolute URI without a fragment is needed");
        }
        if (given.tokenUrl() == null) {
            throw Problem.invalidField("input.token_url", "missing_required_field", "input.token_url is required");
        }
        if (!isWeb(given.tokenUrl())) {
            throw Problem.invalidField("input.token_url", "invalid_uri",
                    "input.token_url: an absolute http or https URL without user and fragment is needed");
        }
        Text.bounded("input.token_url", given.tokenUrl().toString(), LONGEST_URL);
        return new ClientGrant(given.tokenUrl(), clientId, given.scope(), given.resource(),
                Text.bounded("input.audience", given.audience(), LONGEST_URL), given.authentication());
    }

    private static String baseUrl(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw invalidBaseUrl();
        }
        if (!isWeb(uri) || uri.getRawQuery() != null) {
            throw invalidBaseUrl();
        }
        return uri.toString().replaceFirst("/+$", "");
    }

    private static boolean isWeb(URI uri) {
        return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                && uri.getHost() != null && uri.getPort() <= HIGHEST_PORT && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
    }

    private static Problem invalid(String field, String why) {
        return Problem.invalidField(field, "invalid_field_value", field + ": " + why);
    }

    private static Problem invalidBaseUrl() {
        return Problem.invalidField("base_url", "invalid_uri",
                "base_url: an absolute http or https URL without user, query and fragment is needed");
    }
}
