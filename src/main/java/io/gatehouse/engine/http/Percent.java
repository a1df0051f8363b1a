package io.gatehouse.engine.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986). */
public final class Percent {

    private Percent() {
    }

    /** All but unreserved characters encoded. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** Reserved characters kept, except those that would end the value. */
    static String encodeKeepingReserved(String text) {
        return encode(text).replace("%3A", ":").replace("%2F", "/").replace("%3F", "?").replace("%40", "@")
                .replace("%21", "!").replace("%24", "$").replace("%27", "'").replace("%28", "(").replace("%29", ")")
                .replace("%2A", "*").replace("%2C", ",").replace("%3B", ";").replace("%3D", "=");
    }
}
