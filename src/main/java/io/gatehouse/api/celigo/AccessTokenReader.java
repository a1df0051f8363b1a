package io.gatehouse.api.celigo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Text;
import io.gatehouse.servers.ServerTokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads what a request says of a token. */
@Singleton
class AccessTokenReader {

    private static final int LONGEST_NAME = 300;
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);
    private static final String SERVERS = "_mcpServerIds";
    private static final String PURGE = "autoPurgeAt";
    /** Scopes of this dialect for things that can't be reached by a token here. */
    private static final List<String> OTHER_SCOPES = List.of("_connectionIds", "_exportIds", "_importIds", "_apiIds");

    private final Clock clock;

    @Inject
    AccessTokenReader(Clock clock) {
        this.clock = clock;
    }

    /** A token as it is wanted. */
    record Wish(boolean fullAccess, ServerTokens.Wish token) {
    }

    /** @throws io.gatehouse.kernel.Problem INVALID that tells all that is wrong */
    Wish read(JsonNode body) {
        Faults faults = new Faults();
        JsonFields fields = JsonFields.of(body, faults);
        String text = fields.text("name");
        String name = faults.gather(() -> Text.required("name", text, LONGEST_NAME));
        boolean fullAccess = fields.flag("fullAccess", false);
        List<String> servers = fields.texts(SERVERS);
        for (String scope : OTHER_SCOPES) {
            if (!fields.texts(scope).isEmpty()) {
                faults.add(scope + ".0", "invalid_ref", scope + ".0: tokens open MCP servers only");
            }
        }
        if (fullAccess == !servers.isEmpty()) {
            faults.add(fullAccess ? "fullAccess" : SERVERS, "invalid_field_value",
                    "Either fullAccess or some servers in _mcpServerIds are needed, not both");
        }
        Instant expiresAt = time(fields);
        boolean revoked = fields.flag("revoked", false);
        faults.raise();
        return new Wish(fullAccess, new ServerTokens.Wish(name, new LinkedHashSet<>(servers), revoked, expiresAt));
    }

    private Instant time(JsonFields fields) {
        String text = fields.text(PURGE);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (!time.isAfter(clock.instant()) || time.isAfter(clock.instant().plus(LONGEST_LIFE))) {
                fields.faults().add(PURGE, "invalid_field_value", PURGE + ": a time within 30 days from now is needed");
            }
            return time;
        } catch (DateTimeParseException e) {
            fields.faults().add(PURGE, "invalid_field_value", PURGE + ": a time such as 2030-01-31T12:00:00Z is needed");
            return null;
        }
    }
}
