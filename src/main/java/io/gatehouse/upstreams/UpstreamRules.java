package io.gatehouse.upstreams;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.gatehouse.connections.Connection;
import io.gatehouse.connections.Scheme;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;

/** The rules of what is registered, in the words of the request that it came in. */
final class UpstreamRules {

    static final String URL = "remote.url";
    static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    private static final int LONGEST_URL = 2_000;
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_ALLOWED = 5_000;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_TITLE = 300;
    /** What MCP says about a message in headers; a credential can't be among it. */
    private static final Set<String> HEADERS_OF_MCP = Set.of("content-type", "accept", "accept-encoding", "last-event-id");
    private static final String PREFIX_OF_MCP = "mcp-";

    private UpstreamRules() {
    }

    /** Fails with INVALID for all that is wrong. */
    static void check(UpstreamDraft draft, boolean isNew) {
        Faults faults = new Faults();
        if (draft.name() != null) {
            faults.gather(() -> Text.required("name", draft.name(), LONGEST_TITLE));
        }
        if (isNew || draft.url() != null) {
            faults.gather(() -> url(draft.url()));
        }
        Duration timeout = draft.timeout();
        if (timeout != null
                && (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0)) {
            faults.add("remote.timeout_seconds", "invalid_field_value", "remote.timeout_seconds: from "
                    + SHORTEST_TIMEOUT.toSeconds() + " to " + LONGEST_TIMEOUT.toSeconds());
        }
        checkAllowed(draft.allowedTools(), faults);
        if (draft.credential() != null && draft.credential().scheme() != null) {
            checkScheme("remote.auth", draft.credential().scheme(), faults);
            if (isNew && draft.credential().lacksSecret()) {
                faults.add("remote.auth", "missing_required_field", "remote.auth: the secret is missing");
            }
        }
        faults.raise();
    }

    static URI url(String text) {
        String given = Text.required(URL, text, LONGEST_URL);
        try {
            URI uri = new URI(given);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getPort() <= HIGHEST_PORT && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw Problem.invalidField(URL, "invalid_uri",
                URL + ": an absolute http or https URL without user and fragment is needed");
    }

    private static void checkAllowed(AllowedTools allowed, Faults faults) {
        if (allowed == null || allowed.areAll()) {
            return;
        }
        String field = "remote.allowed_tools";
        if (allowed.names().size() > MOST_ALLOWED) {
            faults.add(field, "max", field + ": " + MOST_ALLOWED + " at most");
            return;
        }
        for (int i = 0; i < allowed.names().size(); i++) {
            String name = allowed.names().get(i);
            String element = field + "." + i;
            faults.gather(() -> Text.required(element, name, LONGEST_NAME));
        }
    }

    /** Whether a connection may be shown to an upstream. */
    static void check(Connection connection, URI url) {
        Faults faults = new Faults();
        checkScheme("remote.connection_id", connection.scheme(), faults);
        if (connection.baseUrl() != null && !origin(URI.create(connection.baseUrl())).equals(origin(url))) {
            faults.add("remote.connection_id", "other_origin",
                    "remote.connection_id: the connection is for " + connection.baseUrl());
        }
        faults.raise();
    }

    private static void checkScheme(String field, Scheme scheme, Faults faults) {
        if (scheme.place() != Scheme.Place.HEADER || scheme.parameter() == null) {
            return;
        }
        String header = scheme.parameter().toLowerCase(Locale.ROOT);
        if (HEADERS_OF_MCP.contains(header) || header.startsWith(PREFIX_OF_MCP)) {
            faults.add(field, "invalid_field_value", field + ": the header " + scheme.parameter() + " has a meaning in MCP");
        }
    }

    private static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + Objects.toString(url.getHost(), "").toLowerCase(Locale.ROOT) + ":" + port;
    }
}
