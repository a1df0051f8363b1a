package io.gatehouse.access.sso;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.gatehouse.journal.audit.Secret;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;

/** The rules for what a provider is given, as it is put on its row. */
final class ProviderFields {

    private static final String ISSUER = "issuer";
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST = 2_000;

    /** RFC 6749, appendix A: client ids and secrets, and scopes. */
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern SCOPES = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+( [\\x21\\x23-\\x5b\\x5d-\\x7e]+)*");

    private ProviderFields() {
    }

    /** What is usual. */
    static IdentityProviderEntity usual() {
        IdentityProviderEntity row = new IdentityProviderEntity();
        row.scopes = "openid email profile";
        row.groupsClaim = "groups";
        row.createUsers = true;
        return row;
    }

    /** Puts what is not null on the row, but for the secret, which is looked at only. @throws Problem INVALID */
    static void apply(IdentityProviderEntity row, NewIdentityProvider wish) {
        Faults faults = new Faults();
        row.name = faults.gather(() -> Text.required("name", or(wish.name(), row.name), LONGEST_NAME));
        row.issuer = faults.gather(() -> issuer(or(wish.issuer(), row.issuer)));
        row.clientId = faults.gather(() -> visible("client_id", or(wish.clientId(), row.clientId)));
        if (wish.clientSecret() != null && !wish.clientSecret().isEmpty()) {
            faults.gather(() -> visible("client_secret", wish.clientSecret()));
        }
        row.scopes = faults.gather(() -> scopes(or(wish.scopes(), row.scopes)));
        row.groupsClaim = faults.gather(() -> Text.required("groups_claim", or(wish.groupsClaim(), row.groupsClaim),
                LONGEST));
        row.createUsers = wish.createUsers() == null ? row.createUsers : wish.createUsers();
        row.trustEmail = wish.trustEmail() == null ? row.trustEmail : wish.trustEmail();
        faults.raise();
    }

    private static String or(String wanted, String present) {
        return wanted == null ? present : wanted;
    }

    private static String visible(String field, String text) {
        return matching(VISIBLE, Text.required(field, text, LONGEST),
                () -> Problem.invalidField(field, "invalid_field_value", field + ": has a character that can't be sent"));
    }

    private static String scopes(String text) {
        String scopes = matching(SCOPES, Text.required("scopes", text, LONGEST), () -> Problem.invalidField("scopes",
                "invalid_field_value", "scopes: words with one space between them"));
        if (!List.of(scopes.split(" ")).contains("openid")) {
            throw Problem.invalidField("scopes", "invalid_field_value", "scopes: openid is always among them");
        }
        return scopes;
    }

    private static String matching(Pattern pattern, String text, Supplier<Problem> fault) {
        if (!pattern.matcher(text).matches()) {
            throw fault.get();
        }
        return text;
    }

    /** OpenID Connect Core, section 2: neither a query nor a fragment. */
    private static String issuer(String text) {
        String issuer = Text.required(ISSUER, text, LONGEST);
        try {
            URI uri = URI.create(issuer);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme()) && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return issuer;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw unfit("a URL such as https://login.example.com is needed, without a query");
    }

    static Problem unfit(String why) {
        return Problem.invalidField(ISSUER, "invalid_field_value", ISSUER + ": " + why);
    }

    /** For the ledger. */
    static Map<String, Object> of(IdentityProviderEntity row) {
        Map<String, Object> fields = new HashMap<>(Map.of("name", row.name, ISSUER, row.issuer, "client_id", row.clientId,
                "scopes", row.scopes, "groups_claim", row.groupsClaim, "create_users", row.createUsers, "trust_email",
                row.trustEmail));
        fields.put("client_secret", Secret.of(row.sealedSecret));
        return fields;
    }
}
