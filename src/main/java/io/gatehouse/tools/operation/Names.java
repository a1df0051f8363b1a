package io.gatehouse.tools.operation;

import java.util.function.Predicate;

/** Names that MCP clients and model providers accept: {@code [A-Za-z0-9_-]}, at most 64 characters. */
public final class Names {

    public static final int LONGEST = 64;

    private Names() {
    }

    /** The text with every run of other characters replaced by one underscore; {@code otherwise} if nothing is left. */
    public static String slug(String text, String otherwise) {
        return slug(text, otherwise, LONGEST);
    }

    /** The same for names of another length. */
    public static String slug(String text, String otherwise, int longest) {
        StringBuilder slug = new StringBuilder();
        for (int i = 0; i < text.length() && slug.length() < longest; i++) {
            char c = text.charAt(i);
            boolean fits = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            if (fits) {
                slug.append(c);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '_') {
                slug.append('_');
            }
        }
        while (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '_' && !text.endsWith("_")) {
            slug.setLength(slug.length() - 1);
        }
        return slug.isEmpty() ? otherwise : slug.toString();
    }

    /** The name, or the first of {@code name_2}, {@code name_3} and so on that is not taken. */
    public static String unique(String name, Predicate<String> taken) {
        return unique(name, taken, LONGEST);
    }

    /** The same for names of another length. */
    public static String unique(String name, Predicate<String> taken, int longest) {
        String candidate = name;
        for (int i = 2; taken.test(candidate); i++) {
            String suffix = "_" + i;
            candidate = name.substring(0, Math.min(name.length(), longest - suffix.length())) + suffix;
        }
        return candidate;
    }
}
