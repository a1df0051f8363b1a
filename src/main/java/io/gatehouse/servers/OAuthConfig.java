package io.gatehouse.servers;

import java.net.URI;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Text;
import io.gatehouse.plan.Entrance;
import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The trust in an issuer outside, as a server's row keeps it; the client secret is sealed. */
@Singleton
class OAuthConfig {

    static final Set<String> SCOPES = Set.of("mcp:read", "mcp:write");
    private static final int LONGEST = 2_000;
    private static final TypeReference<Stored> STORED = new TypeReference<>() {
    };

    private final Vault vault;

    @Inject
    OAuthConfig(Vault vault) {
        this.vault = vault;
    }

    @RegisterForReflection
    record Stored(String issuerUrl, String audience, boolean useIntrospection, List<String> scopes,
            String clientId) {
    }

    static ExternalOAuth of(ServerEntity row) {
        if (row.oauth == null) {
            return null;
        }
        Stored stored = StoredJson.read(row.oauth, STORED);
        return new ExternalOAuth(stored.issuerUrl, stored.audience, stored.useIntrospection, stored.scopes,
                stored.clientId, row.sealedClientSecret != null);
    }

    /** For who checks tokens; null for none. */
    Entrance.Issuer issuer(ServerEntity row) {
        if (row.oauth == null) {
            return null;
        }
        Stored stored = StoredJson.read(row.oauth, STORED);
        boolean introspects = stored.useIntrospection && row.sealedClientSecret != null;
        return new Entrance.Issuer(stored.issuerUrl, stored.audience, stored.scopes, introspects ? stored.clientId : null,
                introspects ? vault.open(purpose(row), row.sealedClientSecret) : null);
    }

    /** @param wish null is fine, for none */
    static void check(ExternalOAuth.Wish wish, boolean hasStoredSecret, Faults faults) {
        if (wish == null) {
            return;
        }
        String issuer = faults.gather(() -> Text.required("oauth.issuerURL", wish.issuerUrl(), LONGEST));
        if (issuer != null && !isWebUrl(issuer)) {
            faults.add("oauth.issuerURL", "invalid_uri", "oauth.issuerURL: an absolute http or https URL is needed");
        }
        faults.gather(() -> Text.required("oauth.audience", wish.audience(), LONGEST));
        faults.gather(() -> Text.bounded("oauth.clientId", wish.clientId(), LONGEST));
        faults.gather(() -> Text.bounded("oauth.clientSecret", wish.clientSecret(), LONGEST));
        if (wish.useIntrospection()) {
            require("oauth.clientId", wish.clientId() != null && !wish.clientId().isBlank(), faults);
            require("oauth.clientSecret", wish.keepsSecret() ? hasStoredSecret
                    : wish.clientSecret() != null && !wish.clientSecret().isEmpty(), faults);
        }
        for (int i = 0; i < wish.scopes().size(); i++) {
            if (!SCOPES.contains(wish.scopes().get(i))) {
                faults.add("oauth.scopes." + i, "enum", "oauth.scopes." + i + ": mcp:read or mcp:write");
            }
        }
    }

    private static void require(String field, boolean there, Faults faults) {
        if (!there) {
            faults.add(field, "missing_required_field", field + " is required where useIntrospection is true");
        }
    }

    private static boolean isWebUrl(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getRawAuthority() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @param wish checked, or null for none */
    void write(ServerEntity row, ExternalOAuth.Wish wish) {
        if (wish == null) {
            row.oauth = null;
            row.sealedClientSecret = null;
            return;
        }
        row.oauth = StoredJson.write(new Stored(wish.issuerUrl().strip(), wish.audience().strip(),
                wish.useIntrospection(), wish.scopes().stream().distinct().toList(), wish.clientId()));
        if (!wish.keepsSecret()) {
            row.sealedClientSecret = wish.clientSecret() == null || wish.clientSecret().isEmpty() ? null
                    : vault.seal(purpose(row), wish.clientSecret());
        }
    }

    private static String purpose(ServerEntity row) {
        return "oauth-client:" + row.objectId;
    }
}
