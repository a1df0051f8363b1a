package io.gatehouse.api.celigo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.ObjectId;
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

    /**
     * @param present when the token as it is ends, which the request may repeat; null for never, or for a new token
     * @throws io.gatehouse.kernel.Problem INVALID that tells all that is wrong
     */
    Wish read(JsonNode body, Instant present) {
        Faults faults = new Faults();
        JsonFields fields = JsonFields.of(body, faults);
        String text = fields.text("name");
        String name = faults.gather(() -> Text.required("name", text, LONGEST_NAME));
        boolean fullAccess = fields.flag("fullAccess", false);
        List<String> servers = fields.texts(SERVERS).stream().distinct().toList();
        IntStream.range(0, servers.size()).filter(i -> !ObjectId.isOne(servers.get(i))).forEach(i -> faults
                .add(SERVERS + "." + i, "invalid_ref", SERVERS + "." + i + ": no such MCP server"));
        for (String scope : OTHER_SCOPES) {
            if (!fields.texts(scope).isEmpty()) {
                faults.add(scope + ".0", "invalid_ref", scope + ".0: tokens open MCP servers only");
            }
        }
        Boolean revoked = fields.flag("revoked");
        boolean opensNothing = !fullAccess && servers.isEmpty();
        if (fullAccess && !servers.isEmpty() || opensNothing && !Boolean.TRUE.equals(revoked)) {
            faults.add(fullAccess ? "fullAccess" : SERVERS, "invalid_field_value",
                    "Either fullAccess or some servers in _mcpServerIds are needed, not both");
        }
        Instant expiresAt = time(fields, present);
        faults.raise();
        return new Wish(fullAccess,
                new ServerTokens.Wish(name, servers, revoked, expiresAt, !fields.names(PURGE)));
    }

    private Instant time(JsonFields fields, Instant present) {
        String text = fields.text(PURGE);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            boolean soon = time.isAfter(clock.instant()) && !time.isAfter(clock.instant().plus(LONGEST_LIFE));
            if (!soon && !time.equals(present)) {
                fields.faults().add(PURGE, "invalid_field_value", PURGE + ": a time within 30 days from now is needed");
            }
            return time;
        } catch (DateTimeParseException e) {
            fields.faults().add(PURGE, "invalid_field_value", PURGE + ": a time such as 2030-01-31T12:00:00Z is needed");
            return null;
        }
    }
}
