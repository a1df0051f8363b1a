package io.gatehouse.testing.input;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts for the simple patterns of schemas: a sequence of characters and classes of them, each with a quantifier. */
final class Patterns {

    private static final Pattern STEP = Pattern
            .compile("(\\[(?:\\\\.|[^\\]])*]|\\\\.|[^\\[\\\\(|)])(\\+|\\*|\\?|\\{(\\d+)(?:,(\\d*))?})?");
    private static final int MOST = 12;

    private Patterns() {
    }

    /** Just a text when the pattern is not simple. */
    static String text(String pattern, Draws draws) {
        StringBuilder text = new StringBuilder();
        Matcher step = STEP.matcher(pattern.replaceFirst("^\\^", "").replaceFirst("\\$$", ""));
        int end = 0;
        while (step.find() && step.start() == end) {
            Pattern one = Pattern.compile(step.group(1));
            Arbitrary<Character> fitting = Arbitraries.chars().range(' ', '~')
                    .filter(10_000, c -> one.matcher(Character.toString(c)).matches());
            int least = least(step);
            text.append(draws.from(fitting.list().ofMinSize(least).ofMaxSize(Math.max(least, most(step)))).stream()
                    .map(String::valueOf).reduce("", String::concat));
            end = step.end();
        }
        return text.toString();
    }

    private static int least(Matcher step) {
        if (step.group(3) != null) {
            return Integer.parseInt(step.group(3));
        }
        return step.group(2) == null || step.group(2).equals("+") ? 1 : 0;
    }

    private static int most(Matcher step) {
        if (step.group(3) != null) {
            boolean exact = step.group(4) == null;
            return exact ? least(step) : step.group(4).isEmpty() ? MOST : Integer.parseInt(step.group(4));
        }
        return step.group(2) == null || step.group(2).equals("?") ? 1 : MOST;
    }
}
