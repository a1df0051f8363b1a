package io.gatehouse.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import io.gatehouse.packaged.NodeProject.Result;
import io.gatehouse.testing.conformance.Report;

/** The public conformance suite in the two versions and three ways in which it is run. */
enum ConformanceSuite {

    FIRST("0.1", "conformance-1", "--suite", "all"),
    LEGACY("2025-11-25", "conformance-2", "--requirements", "2025-11-25"),
    MODERN("2026-07-28", "conformance-2", "--requirements", "2026-07-28");

    private static final Path RESULTS = Path.of("target/conformance").toAbsolutePath();

    private final String title;
    private final String program;
    private final String option;
    private final String choice;

    ConformanceSuite(String title, String program, String option, String choice) {
        this.title = title;
        this.program = program;
        this.option = option;
        this.choice = choice;
    }

    String title() {
        return title;
    }

    /**
     * Tries the server at a URL, whose host must be localhost, and which has the token if one is needed.
     *
     * @param name of the server, for the folder in which the results stay
     */
    Report run(NodeProject programs, String name, String url) throws Exception {
        Path folder = RESULTS.resolve(name).resolve(title);
        clear(folder);
        Result result = programs.script("suite.mjs", program, "server", "--url", url, option, choice, "-o",
                folder.toString());
        Files.writeString(Files.createDirectories(folder.getParent()).resolve(title + ".log"), result.output());
        if (!Files.exists(folder)) {
            throw new AssertionError("The suite left no results:\n" + result.output());
        }
        return Report.read(folder);
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                tree.sorted(Comparator.reverseOrder()).forEach(ConformanceSuite::delete);
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
