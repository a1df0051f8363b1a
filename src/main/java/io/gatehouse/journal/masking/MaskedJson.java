package io.gatehouse.journal.masking;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Copies JSON as it may be recorded: masked, and cut where it becomes too long or the source breaks off; the copy is JSON
 * all the same. Text that is JSON itself is copied in the same way. For one thread.
 */
public final class MaskedJson {

    public static final JsonFactory JSON = new JsonFactory();

    private static final int MOST_NAMES = 10_000;
    private static final int LONGEST_NAME = 200;
    private static final int DEEPEST_TEXT = 2;

    /** What every object with a member has somewhere. */
    private static final String MEMBER = "\":";

    private final Masks masks;
    private final int longest;
    private final Map<String, Boolean> names = new HashMap<>();

    public MaskedJson(Masks masks, int longest) {
        this.masks = masks;
        this.longest = longest;
    }

    /**
     * What could be copied.
     *
     * @param cut whether something is missing
     * @param isError whether the value says {@code isError: true}
     * @param code which the value has, or null
     */
    public record Copy(String text, boolean cut, boolean isError, Long code, String message) {
    }

    /**
     * Copies one value.
     *
     * @param in at the value's first token
     */
    public Copy of(JsonParser in, Set<String> more) {
        Copying copying = new Copying(in, more, longest, 0);
        copying.run(false);
        return new Copy(copying.text.toString(), copying.cut, copying.isError, copying.code, copying.message);
    }

    private boolean hides(String name, Set<String> more) {
        if (!more.isEmpty() || name.length() > LONGEST_NAME) {
            return masks.hidesMember(name, more);
        }
        if (names.size() > MOST_NAMES) {
            names.clear();
        }
        return names.computeIfAbsent(name, unknown -> masks.hidesMember(unknown, Set.of()));
    }

    private final class Copying {

        private final StringWriter text = new StringWriter();
        private final JsonGenerator out;
        private final JsonParser in;
        private final Set<String> more;
        private final int most;
        private final int within;
        private int depth;
        private boolean cut;
        private boolean broken;
        private boolean isError;
        private Long code;
        private String message;

        /** @param within how many texts this JSON stands */
        Copying(JsonParser in, Set<String> more, int most, int within) {
            this.in = in;
            this.more = more;
            this.most = most;
            this.within = within;
            try {
                this.out = JSON.createGenerator(text);
            } catch (IOException e) {
                throw new UncheckedIOException("Writing to memory does not fail", e);
            }
        }

        /** @param all values, not the first one only */
        void run(boolean all) {
            try (out) {
                do {
                    value();
                } while (all && !cut && in.nextToken() != null);
            } catch (IOException e) {
                cut = true;
                broken = true;
            }
        }

        private void value() throws IOException {
            do {
                step(in.currentToken());
                if (depth > 0) {
                    if (room() <= 0) {
                        cut = true;
                        return;
                    }
                    in.nextToken();
                }
            } while (depth > 0);
        }

        private int room() {
            return most - text.getBuffer().length() - out.getOutputBuffered();
        }

        private void step(JsonToken token) throws IOException {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            switch (token) {
                case FIELD_NAME -> member(in.currentName());
                case VALUE_STRING -> out.writeString(shown(textOf()));
                default -> out.copyCurrentEvent(in);
            }
        }

        private void member(String name) throws IOException {
            out.writeFieldName(shownName(name));
            if (hides(name, more)) {
                out.writeString(Masks.MASK);
                in.nextToken();
                in.skipChildren();
                return;
            }
            JsonToken value = valueOf();
            if (depth == 1) {
                look(name, value);
            }
            step(value);
        }

        private String shownName(String name) {
            String whole = masks.hideIn(name);
            if (whole.length() > LONGEST_NAME) {
                cut = true;
                return whole.substring(0, LONGEST_NAME) + '…';
            }
            return whole;
        }

        /** Where the source breaks off before a value, there is one all the same. */
        private JsonToken valueOf() throws IOException {
            try {
                return in.nextToken();
            } catch (IOException e) {
                out.writeNull();
                throw e;
            }
        }

        private String textOf() throws IOException {
            try {
                return in.getText();
            } catch (IOException e) {
                out.writeNull();
                throw e;
            }
        }

        /** The members that tell what became of a call stand at the top. */
        private void look(String name, JsonToken value) throws IOException {
            isError |= value == JsonToken.VALUE_TRUE && name.equals("isError");
            if (value == JsonToken.VALUE_NUMBER_INT && name.equals("code")) {
                code = in.getLongValue();
            } else if (value == JsonToken.VALUE_STRING && name.equals("message")) {
                message = shown(textOf());
            }
        }

        private String shown(String value) throws IOException {
            String whole = isJson(value) && within < DEEPEST_TEXT ? inner(value) : masks.hideIn(value);
            int room = Math.max(0, room());
            if (whole.length() > room) {
                cut = true;
                return whole.substring(0, room) + '…';
            }
            return whole;
        }

        /** What only begins like JSON and has no members is text. */
        private String inner(String value) throws IOException {
            try (JsonParser json = JSON.createParser(value)) {
                Copying inner = new Copying(json, more, room(), within + 1);
                try {
                    json.nextToken();
                    inner.run(true);
                } catch (IOException e) {
                    inner.broken = true;
                }
                if (inner.broken && !value.contains(MEMBER)) {
                    return masks.hideIn(value);
                }
                cut |= inner.cut;
                return inner.text.toString();
            }
        }
    }

    private static boolean isJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c == '{' || c == '[';
            }
        }
        return false;
    }
}
