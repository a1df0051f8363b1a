package io.gatehouse.gateway.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.gatehouse.gateway.Arrival;

/** The headers that repeat parts of a message (2026-07-28, Transports, Standard Request Headers). */
final class Headers {

    static final String VERSION = "MCP-Protocol-Version";
    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";
    static final String PARAM = "Mcp-Param-";

    private static final String ENCODED = "=?base64?";
    private static final String END = "?=";

    private Headers() {
    }

    /** The value without white space around it, or null. */
    static String trimmed(Arrival arrival, String name) {
        String value = arrival.header(name);
        return value == null ? null : value.strip();
    }

    /**
     * The same of a header that must not stand twice: what reads the other one would read another message.
     *
     * @throws Fault when it does
     */
    static String single(Arrival arrival, String name) {
        List<String> values = arrival.headers().getAll(name);
        if (values.size() > 1) {
            throw new Fault(400, Fault.HEADER_MISMATCH, "The header " + name + " stands more than once");
        }
        return values.isEmpty() ? null : values.get(0).strip();
    }

    /**
     * The value, decoded where it is marked as Base64; null where there is no such header.
     *
     * @throws Fault when it is marked and is not Base64 of UTF-8, and when there are several
     */
    static String decoded(Arrival arrival, String name) {
        String value = single(arrival, name);
        if (value == null || !value.startsWith(ENCODED) || !value.endsWith(END)
                || value.length() < ENCODED.length() + END.length()) {
            return value;
        }
        String base64 = value.substring(ENCODED.length(), value.length() - END.length());
        try {
            // The decoder does without padding; the header may not (RFC 4648, section 3.2)
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("There is no padding");
            }
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new Fault(400, Fault.HEADER_MISMATCH, "The header " + name + " is not valid Base64 of UTF-8");
        }
    }
}
