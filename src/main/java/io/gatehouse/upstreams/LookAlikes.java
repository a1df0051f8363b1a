package io.gatehouse.upstreams;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names that a person or a model may take for one another: in other case, with other separators, with letters of other
 * alphabets or widths, or with digits for letters.
 */
final class LookAlikes {

    /** Letters of other alphabets that look like Latin ones (from Unicode Technical Standard 39), each pair in a row. */
    private static final String HOMOGLYPHS = "аaАAвbВBсcСCԁdеeЕEҽeԛqһhНHіiІIїiјjЈJкkКKӏlмmМMоoОOпnрpРPѕsЅSтtТTуyУYԝwхxХX"
            + "αaΑAΒBεeΕEΖZηnΗHιiΙIκkΚKΜMνvΝNοoΟOρpΡPτtΤTυuΥYχxΧXγyωwϲcϳjꓲIıiƖlǀlɡgɑaʏyսuօoհhոnցg";
    private static final Map<Character, Character> LATIN = latin();

    private final Map<String, Set<String>> known = new HashMap<>();

    private static Map<Character, Character> latin() {
        Map<Character, Character> latin = new HashMap<>();
        for (int i = 0; i < HOMOGLYPHS.length(); i += 2) {
            latin.put(HOMOGLYPHS.charAt(i), HOMOGLYPHS.charAt(i + 1));
        }
        return latin;
    }

    void add(String name) {
        known.computeIfAbsent(skeleton(name), skeleton -> new TreeSet<>()).add(name);
    }

    /** Another name that was added and looks like this one; null where there is none. */
    String of(String name) {
        return known.getOrDefault(skeleton(name), Set.of()).stream().filter(other -> !other.equals(name)).findFirst()
                .orElse(null);
    }

    /** What is left of a name when everything that is easily overlooked is taken away. */
    static String skeleton(String name) {
        StringBuilder skeleton = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKD).codePoints().forEach(c -> {
            int latin = Character.isBmpCodePoint(c) ? LATIN.getOrDefault((char) c, (char) c) : c;
            if (Character.isLetterOrDigit(latin)) {
                skeleton.appendCodePoint(latin);
            }
        });
        return skeleton.toString().toLowerCase(Locale.ROOT).replace('0', 'o').replace('1', 'l').replace('i', 'l');
    }
}
