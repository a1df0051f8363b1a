package io.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints figures as they come, beside those that they are to be compared with, and keeps them in a file. */
final class Report {

    private static final String HEAD = """

            ### %s

            | connections | | requests/s | of direct | of proxy | p50 ms | p99 ms | p99.9 ms | CPU s per 1,000 | resident MiB | errors |
            |---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;
    private static final String ROW = "| %d | %s | %,.0f | %.0f %% | %.0f %% | %.3f | %.3f | %.3f | %.3f | %.0f | %d |%n";

    private final Path file;
    private final Map<String, Map<String, Measured>> figures = new LinkedHashMap<>();

    Report(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    void print(String form, Object... values) throws IOException {
        String text = form.formatted(values);
        System.out.print(text);
        Files.writeString(file, Files.readString(file) + text);
    }

    void circumstances() throws IOException {
        print("%nJava %s, %d processors, %s %s; the median of %d rounds of %d s%n", System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"), System.getProperty("os.arch"),
                Settings.rounds(), Settings.measured().toSeconds());
    }

    void operation(Operation operation) throws IOException {
        print(HEAD, operation.name());
    }

    void rows(Operation operation, int connections, Map<String, Measured> contenders) throws IOException {
        figures.put(operation.name() + connections, contenders);
        double direct = contenders.get(Contender.DIRECT).perSecond();
        double proxy = contenders.get(Contender.PROXY).perSecond();
        for (Map.Entry<String, Measured> contender : contenders.entrySet()) {
            Measured figure = contender.getValue();
            print(String.format(Locale.ROOT, ROW, connections, contender.getKey(), figure.perSecond(),
                    100 * figure.perSecond() / direct, 100 * figure.perSecond() / proxy, figure.p50(), figure.p99(),
                    figure.p999(), figure.cpuPerThousand(), figure.resident(), figure.errors()).replace("%", "%%"));
        }
        for (Measured figure : contenders.values()) {
            if (figure.error() != null) {
                print("First error: %s%n", figure.error());
            }
        }
    }

    /** What the figures say of the goals; those that were not measured are left out. */
    void goals() throws IOException {
        print("%n### Goals%n%n");
        share(Operation.CALL_PROXIED, Contender.PROXY, 0.75);
        share(Operation.LIST_COMPOSED, Contender.DIRECT, 0.60);
        Map<String, Measured> alone = figures.get(Operation.CALL_PROXIED + 1);
        if (alone != null) {
            double added = alone.get(Contender.GATEHOUSE).p50() - alone.get(Contender.PROXY).p50();
            print("- %s: at 1 connection p50 is %.3f ms more than of the bare proxy; the goal is at most 0.25 ms: %s%n",
                    Operation.CALL_PROXIED, added, word(added <= 0.25));
        }
    }

    private void share(String operation, String other, double goal) throws IOException {
        Map<String, Measured> contenders = figures.get(operation + 32);
        if (contenders != null) {
            double share = contenders.get(Contender.GATEHOUSE).perSecond() / contenders.get(other).perSecond();
            print("- %s: at 32 connections %.0f %% of the requests per second of: %s; the goal is at least %.0f %%: %s%n",
                    operation, 100 * share, other, 100 * goal, word(share >= goal));
        }
    }

    static String word(boolean reached) {
        return reached ? "reached" : "MISSED";
    }
}
