package io.gatehouse.access.issuers;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.platform.outbound.OutboundResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads what issuers and applications publish. */
@Singleton
public class Documents {

    static final Duration TIMEOUT = Duration.ofSeconds(5);
    static final long LARGEST = 262_144;

    private static final Duration UNSAID = Duration.ofMinutes(5);
    private static final Pattern JSON = Pattern.compile("(?i)application/(?:[a-z0-9.-]+\\+)?json\\s*(?:;.*)?");
    private static final String MAX_AGE = "max-age=";
    private static final List<Map.Entry<String, String>> HEADERS = List.of(Map.entry("Accept", "application/json"),
            Map.entry("User-Agent", "Gatehouse"));

    private final Outbound outbound;

    @Inject
    Documents(Outbound outbound) {
        this.outbound = outbound;
    }

    /** @param lifetime how long it may be kept (RFC 9111, section 5.2.2), or what is usual where that is unsaid */
    public record Document(String text, Duration lifetime) {
    }

    Uni<Document> get(URI uri) {
        return outbound.send(new OutboundRequest("GET", uri, HEADERS, List.of(), null), TIMEOUT, LARGEST)
                .map(answer -> read(uri, answer));
    }

    /** What is at this very address, and is JSON by its type. */
    public Uni<Document> getDirectly(URI uri, long largest) {
        return outbound.send(new OutboundRequest("GET", uri, HEADERS, List.of(), null, false), TIMEOUT, largest)
                .map(answer -> {
                    if (answer.contentType() == null || !JSON.matcher(answer.contentType()).matches()) {
                        throw Problem.upstream(uri + " answers with no JSON", null);
                    }
                    return read(uri, answer);
                });
    }

    private static Document read(URI uri, OutboundResponse answer) {
        if (answer.status() != 200) {
            throw Problem.upstream(uri + " answers " + answer.status(), null);
        }
        return new Document(answer.body().toString(),
                answer.cacheControl() == null ? UNSAID : lifetime(answer.cacheControl()));
    }

    private static Duration lifetime(String cacheControl) {
        for (String part : cacheControl.toLowerCase(Locale.ROOT).split(",")) {
            String directive = part.strip();
            if (directive.equals("no-store") || directive.equals("no-cache")) {
                return Duration.ZERO;
            }
            if (directive.startsWith(MAX_AGE)) {
                return seconds(directive.substring(MAX_AGE.length()));
            }
        }
        return UNSAID;
    }

    private static Duration seconds(String number) {
        try {
            return Duration.ofSeconds(Long.parseLong(number));
        } catch (NumberFormatException e) {
            return UNSAID;
        }
    }
}
