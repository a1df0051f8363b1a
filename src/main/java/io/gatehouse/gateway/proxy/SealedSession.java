package io.gatehouse.gateway.proxy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.gateway.Turn;
import io.gatehouse.platform.secrets.Vault;
import io.gatehouse.platform.telemetry.Meters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The session ids of proxy servers: the upstream's, sealed for the server and for whoever opened the session (not for the
 * bearer token, which is renewed meanwhile). Any replica can open them; none keeps them but as a memo.
 */
@Singleton
class SealedSession {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_REMEMBERED = 10_000;

    private final Vault vault;
    private final Clock clock;
    private final Cache<String, Opened> opened = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(Duration.ofMinutes(10)).build();

    @Inject
    SealedSession(Vault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
        Meters.cache("sessions", opened);
    }

    /**
     * A session as its upstream knows it.
     *
     * @param cookie that leads to the upstream's node which keeps it, or null
     */
    record Opened(String id, String cookie, Instant until) {
    }

    private static String purpose(Turn turn) {
        return "mcp-session:" + turn.known().located().server().plan().serverId() + ':'
                + turn.known().caller().subject();
    }

    String seal(Turn turn, String id, List<String> setCookies) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("id", id)
                .put("until", clock.instant().plus(LONGEST).getEpochSecond());
        if (!setCookies.isEmpty()) {
            content.put("cookie", String.join("; ", setCookies.stream().map(SealedSession::pair).toList()));
        }
        return vault.seal(purpose(turn), content.toString());
    }

    /** Name and value alone (RFC 6265, section 5.4). */
    private static String pair(String setCookie) {
        return setCookie.split(";", 2)[0].strip();
    }

    /** @return null when it is no session of this caller on this server */
    Opened open(Turn turn, String sealed) {
        String purpose = purpose(turn);
        Opened session = opened.get(purpose + ' ' + sealed, key -> unseal(purpose, sealed));
        return session == null || session.until().isBefore(clock.instant()) ? null : session;
    }

    private Opened unseal(String purpose, String sealed) {
        try {
            JsonNode content = new ObjectMapper().readTree(vault.open(purpose, sealed));
            return new Opened(content.path("id").asText(), content.path("cookie").textValue(),
                    Instant.ofEpochSecond(content.path("until").asLong()));
        } catch (IllegalStateException | JsonProcessingException e) {
            return null;
        }
    }
}
