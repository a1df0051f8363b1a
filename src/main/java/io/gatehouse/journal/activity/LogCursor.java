package io.gatehouse.journal.activity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place between two entries: after this one, towards older ones. */
public record LogCursor(Instant at, UUID id) implements Comparable<LogCursor> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\.(\\d{1,9})\\.([0-9a-f-]{36})");

    /** @return null for what is none */
    public static LogCursor parse(String text) {
        try {
            Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            return parts.matches() ? new LogCursor(Instant.ofEpochSecond(Long.parseLong(parts.group(1)),
                    Long.parseLong(parts.group(2))), UUID.fromString(parts.group(3))) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public int compareTo(LogCursor other) {
        int byTime = at.compareTo(other.at);
        return byTime == 0 ? EntryId.of(id).compareTo(EntryId.of(other.id)) : byTime;
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                (at.getEpochSecond() + "." + at.getNano() + "." + id).getBytes(StandardCharsets.US_ASCII));
    }
}
