package io.gatehouse.servers;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.gatehouse.access.tokens.IssuedToken;
import io.gatehouse.journal.audit.Deed;

/** What is done to tokens, in the words of the audit ledger. */
final class TokenDeeds {

    private TokenDeeds() {
    }

    static Deed deed(String verb, IssuedToken token, Map<String, ?> before, Map<String, ?> after) {
        return Deed.of("mcp_token", verb, token.objectId(), token.name(), before, after);
    }

    static Map<String, Object> fields(IssuedToken token) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", token.name());
        fields.put("server_ids", token.serverIds().stream().sorted().toList());
        fields.put("expires_at", Objects.toString(token.expiresAt(), null));
        fields.put("revoked_at", Objects.toString(token.revokedAt(), null));
        fields.values().removeIf(Objects::isNull);
        return fields;
    }
}
