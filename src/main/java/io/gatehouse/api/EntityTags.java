package io.gatehouse.api;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of things as entity tags (RFC 9110, section 8.8.3). */
public final class EntityTags {

    private static final Pattern STRONG = Pattern.compile("\\s*\"(\\d{1,9})\"\\s*");

    private EntityTags() {
    }

    public static String of(int version) {
        return "\"" + version + "\"";
    }

    /** What If-Match names; null for whichever. A tag that is weak or none of ours matches nothing. */
    static Set<Integer> expected(String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        Set<Integer> versions = new HashSet<>();
        for (String tag : ifMatch.split(",")) {
            Matcher strong = STRONG.matcher(tag);
            if (strong.matches()) {
                versions.add(Integer.valueOf(strong.group(1)));
            }
        }
        return versions;
    }
}
