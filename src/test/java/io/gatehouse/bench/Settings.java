package io.gatehouse.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be asked of a run, as {@code -Dbench.*}; see this package's README. */
final class Settings {

    /** As in the container image. */
    private static final String OPTIONS = "-XX:+UseParallelGC -XX:MaxInlineLevel=30 -XX:FreqInlineSize=600"
            + " -XX:InlineSmallCode=5000";

    private Settings() {
    }

    static Duration measured() {
        return duration("measured", "4s");
    }

    /** Before each measurement. */
    static Duration settling() {
        return duration("settling", "1s");
    }

    /** One of the spells for which an operation runs before it is measured first. */
    static Duration warmUp() {
        return duration("warm-up", "8s");
    }

    static int rounds() {
        return Integer.parseInt(text("rounds", "3"));
    }

    static List<Integer> connections() {
        return Stream.of(text("connections", "1,32,256").split(",")).map(Integer::valueOf).toList();
    }

    /** A part of the names of the operations that are measured. */
    static String only() {
        return text("only", "");
    }

    static boolean isModern() {
        return text("era", "legacy").equals("modern");
    }

    /** How long to look at memory under full load; zero for not at all. */
    static Duration saturation() {
        return duration("saturation", "0s");
    }

    /** With which the activity log is filled that is searched. */
    static long entries() {
        return Long.parseLong(text("entries", "10000000"));
    }

    /** So many of them are committed at the same time. */
    static int together() {
        return Integer.parseInt(text("together", "1"));
    }

    /** Options for the Java virtual machines of all contenders. */
    static List<String> javaOptions() {
        return List.of(text("java-options", OPTIONS).split(" "));
    }

    private static Duration duration(String name, String standard) {
        return Duration.parse("PT" + text(name, standard).toUpperCase(Locale.ROOT));
    }

    private static String text(String name, String standard) {
        return System.getProperty("bench." + name, standard);
    }
}
