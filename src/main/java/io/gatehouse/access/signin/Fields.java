package io.gatehouse.access.signin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.gatehouse.kernel.Problem;
import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * The fields of a form ({@code application/x-www-form-urlencoded}). The framework's own reader lets a request hang where a
 * field is not well-formed.
 */
public final class Fields {

    private static final int MOST = 100;

    private final Map<String, List<String>> values;

    private Fields(Map<String, List<String>> values) {
        this.values = values;
    }

    /** @throws Problem MALFORMED */
    public static Fields of(byte[] body) {
        try {
            return new Fields(
                    new QueryStringDecoder(new String(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8, false, MOST, true)
                            .parameters());
        } catch (IllegalArgumentException e) {
            throw Problem.malformed("invalid_form", "What was sent is not a well-formed form.");
        }
    }

    /** Empty where there is no such field. */
    public String text(String name) {
        List<String> texts = values.get(name);
        return texts == null ? "" : texts.get(0);
    }
}
