package io.gatehouse.journal.siem;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.gatehouse.kernel.Text;
import io.gatehouse.platform.outbound.OutboundRequest;

/** Rules for what is secret of a destination. What stays is given to nobody else. */
final class CredentialFields {

    private static final int LONGEST = 8_000;
    private static final int MOST_HEADERS = 20;

    private CredentialFields() {
    }

    /** @param mayStay whether they are for whom they were before */
    static Credentials of(Credentials before, NewDestination wish, boolean mayStay) {
        return new Credentials(secret("token", before.token(), wish.token(), mayStay),
                secret("password", before.password(), wish.password(), mayStay), headers(before, wish, mayStay));
    }

    private static String secret(String field, String before, String wish, boolean mayStay) {
        if (wish != null && !wish.equals(NewDestination.MASKED)) {
            if (wish.chars().anyMatch(c -> c < ' ' || c > '~') || wish.length() > LONGEST) {
                throw DestinationFields.wrong(field, "invalid_field_value", field + ": printable ASCII characters, at most "
                        + LONGEST);
            }
            return wish.isEmpty() ? null : wish;
        }
        if (before != null && !mayStay) {
            throw DestinationFields.wrong(field, "missing_required_field",
                    field + ": is needed again, for the destination is another one");
        }
        return before;
    }

    private static Map<String, String> headers(Credentials before, NewDestination wish, boolean mayStay) {
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, String> wished = wish.headers();
        if (wished == null) {
            wished = new LinkedHashMap<>();
            for (String name : before.headers().keySet()) {
                wished.put(name, NewDestination.MASKED);
            }
        }
        if (wished.size() > MOST_HEADERS) {
            throw DestinationFields.wrong("headers", "max", "headers: " + MOST_HEADERS + " at most");
        }
        wished.forEach((name, value) -> {
            String field = "headers." + name;
            String lower = name.toLowerCase(Locale.ROOT);
            if (!Text.isToken(name) || lower.startsWith("content-") || lower.equals("authorization")
                    || OutboundRequest.RESERVED_HEADERS.contains(lower)) {
                throw DestinationFields.wrong(field, "invalid_field_value", field + ": not the name of a header of your own");
            }
            String kept = secret(field, before.headers().get(name), value, mayStay);
            if (kept != null) {
                headers.put(name, kept);
            }
        });
        return headers;
    }
}
