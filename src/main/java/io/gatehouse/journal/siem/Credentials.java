package io.gatehouse.journal.siem;

import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What is secret of a destination.
 *
 * @param token a bearer's, of Splunk, or an API key of Elastic; null for none
 * @param password with the user name, or null
 * @param headers that are sent along, whose values may be secret
 */
@RegisterForReflection
public record Credentials(String token, String password, Map<String, String> headers) {

    private static final int SHORTEST = 4;

    @JsonIgnore
    boolean isEmpty() {
        return token == null && password == null && headers.isEmpty();
    }

    /** A text that came from outside, without any of these in it. */
    String hiddenIn(String text) {
        String hidden = text;
        for (String secret : Stream.concat(Stream.of(token == null ? "" : token, password == null ? "" : password),
                headers.values().stream()).filter(secret -> secret.length() >= SHORTEST).toList()) {
            hidden = hidden.replace(secret, "******");
        }
        return hidden;
    }

    @Override
    public String toString() {
        return "Credentials";
    }

    static Credentials open(Vault vault, long destination, String sealed) {
        return sealed == null ? new Credentials(null, null, Map.of())
                : StoredJson.read(vault.open(purpose(destination), sealed), new TypeReference<>() {
                });
    }

    /** Null for none. */
    String seal(Vault vault, long destination) {
        return isEmpty() ? null : vault.seal(purpose(destination), StoredJson.write(this));
    }

    private static String purpose(long destination) {
        return "log-destination:" + destination;
    }
}
