package io.gatehouse.journal.masking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.google.re2j.Pattern;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * What is never recorded: values of members whose names end in certain words, whatever their case, hyphens and underscores;
 * credentials that are known by their form; and what patterns of the deployment match.
 */
@Singleton
public final class Masks {

    public static final String MASK = "******";

    /** What an answer may have, the gravest last. */
    public enum Sign {
        NONE,
        OF_AN_ERROR,
        OF_A_SECRET
    }

    private static final int LONGEST_ENDING = 200;
    private static final int SHORTEST_SECRET = 8;
    private static final List<String> FORMS = List.of("Bearer ", "bearer ", "Basic ", "eyJ", "gmt_");

    /** As they stand in JSON, but for case and separators. */
    private static final List<String> ERRORS = List.of("\"error\"", "iserror\":true");

    private final Set<String> words = new HashSet<>();
    private final List<Pattern> patterns;
    private final Words signs;

    /** @throws com.google.re2j.PatternSyntaxException for a pattern of the deployment that is none */
    @Inject
    public Masks(
            @ConfigProperty(name = "gatehouse.activity.masked-fields", defaultValue = "password,passwd,passphrase,secret,token,"
                    + "api_key,access_key,private_key,authorization,cookie,credential,credentials,otp,cvv,cvc,card_number,ssn,iban") //
            List<String> fields,
            @ConfigProperty(name = "gatehouse.activity.masked-patterns") Optional<List<String>> patterns) {
        fields.forEach(field -> words.add(plain(field)));
        this.patterns = patterns.orElse(List.of()).stream().map(Pattern::compile).toList();
        Map<String, Sign> known = new HashMap<>();
        ERRORS.forEach(error -> known.put(error, Sign.OF_AN_ERROR));
        Stream.concat(words.stream(), FORMS.stream().map(Masks::plain)).forEach(word -> known.put(word, Sign.OF_A_SECRET));
        this.signs = new Words(known);
    }

    /** A name as it is compared. */
    public static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isSeparator(c)) {
                plain.append(c);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    static boolean isSeparator(char c) {
        return c == '_' || c == '-' || c == ' ' || c == '.';
    }

    /**
     * What this answer in JSON may have. Without a sign of a secret nothing in it is hidden, neither in what it says in text
     * that is JSON itself; with none at all it tells of no error either, neither the protocol's nor a tool's.
     */
    public Sign look(byte[] json) {
        return patterns.isEmpty() ? signs.look(json) : Sign.OF_A_SECRET;
    }

    /** Whether nothing of the member's value may be recorded. */
    boolean hidesMember(String name, Set<String> more) {
        String plain = plain(name.substring(Math.max(0, name.length() - LONGEST_ENDING)));
        for (int from = 0; from < plain.length(); from++) {
            String ending = plain.substring(from);
            if (words.contains(ending) || more.contains(ending)) {
                return true;
            }
        }
        return false;
    }

    /** The text without what looks like a credential. */
    String hideIn(String text) {
        String hidden = text;
        for (String form : FORMS) {
            hidden = hidden.contains(form) ? withoutForm(hidden, form) : hidden;
        }
        for (Pattern pattern : patterns) {
            hidden = pattern.matcher(hidden).replaceAll(MASK);
        }
        return hidden;
    }

    private static String withoutForm(String text, String form) {
        StringBuilder hidden = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, from)) {
            int end = at + form.length();
            while (end < text.length() && isOfCredential(text.charAt(end))) {
                end++;
            }
            boolean isLong = end - at - form.length() >= SHORTEST_SECRET;
            hidden.append(text, from, isLong ? at : end).append(isLong ? MASK : "");
            from = end;
        }
        return hidden.append(text, from, text.length()).toString();
    }

    private static boolean isOfCredential(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "-._~+/=".indexOf(c) >= 0;
    }
}
