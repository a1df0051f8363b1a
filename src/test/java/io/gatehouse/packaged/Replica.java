package io.gatehouse.packaged;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged application as a process of its own, in the production profile. */
public final class Replica implements AutoCloseable {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Pattern LISTENING = Pattern
            .compile("Listening on: http://[^:]+:(\\d+)\\. Management interface listening on http://[^:]+:(\\d+)");

    /** What makes a process start soon that does not run for long; the virtual machine itself says nothing. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-Xlog:disable");

    /** Classes as they are after loading. The virtual machine does not take it for another application. */
    private static final Path LOADED = Path.of("target/loaded-" + Runtime.version().feature() + ".jsa").toAbsolutePath();

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();
    private BufferedReader output;
    private int port;
    private int managementPort;

    /**
     * @param settings the environment, beside which there is none; any ports that are free, unless it names both; with
     *        options for the virtual machine where speed matters
     */
    public Replica(Map<String, String> settings, String... arguments) throws IOException {
        this(settings, "-XX:SharedArchiveFile=" + LOADED, arguments);
    }

    private Replica(Map<String, String> settings, String archive, String[] arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (!settings.containsKey("JAVA_TOOL_OPTIONS")) {
            command.addAll(SHORT_LIVED);
            command.add(archive);
        }
        command.addAll(List.of("-Dquarkus.http.port=" + settings.getOrDefault("QUARKUS_HTTP_PORT", "0"),
                "-Dquarkus.management.port=" + settings.getOrDefault("QUARKUS_MANAGEMENT_PORT", "0"),
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.management.host=127.0.0.1", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(settings);
        process = builder.start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** What a command prints, which ends in good order and so leaves its classes to those that come after it. */
    static String learning(String command, Map<String, String> settings) throws IOException, InterruptedException {
        Path written = LOADED.resolveSibling(LOADED.getFileName() + ".new");
        String printed = new Replica(settings, "-XX:ArchiveClassesAtExit=" + written, new String[] { command }).awaitEnd();
        // At once, for others may be starting
        Files.move(written, LOADED, StandardCopyOption.ATOMIC_MOVE);
        return printed;
    }

    /** The administrator's token in what {@code admin-token} printed. */
    static String administrator(String printed) {
        return printed.lines().filter(line -> line.startsWith("ey")).findFirst()
                .orElseThrow(() -> new AssertionError("No token:\n" + printed));
    }

    /** Whether it was made with another build of the application, or another Java, if it was made at all. */
    static boolean isOlderThanTheApplication(Path file) {
        return Math.min(file.toFile().lastModified(), LOADED.toFile().lastModified()) <= JAR.toFile().lastModified();
    }

    public static Map<String, String> settings(PostgresServer database) {
        return new HashMap<>(Map.of("GATEHOUSE_DATABASE_URL", database.url(), "GATEHOUSE_MASTER_KEY",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "GATEHOUSE_PUBLIC_URL", "http://gatehouse.test",
                "GATEHOUSE_OUTBOUND_ALLOWED_RANGES", "127.0.0.0/8", "GATEHOUSE_SHUTDOWN_DELAY", "0s"));
    }

    /** Reads the log until the application listens. */
    public Replica awaitListening() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                port = Integer.parseInt(listening.group(1));
                managementPort = Integer.parseInt(listening.group(2));
                readOn();
                return this;
            }
        }
        throw new AssertionError("The application ended before it listened:\n" + String.join("\n", lines));
    }

    /** Keeps nothing but what somebody waits for. */
    private void readOn() {
        Thread reader = new Thread(() -> {
            try {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    String now = line;
                    awaited.forEach((part, found) -> {
                        if (now.contains(part)) {
                            found.complete(now);
                        }
                    });
                }
            } catch (IOException e) {
                // The process ended.
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** The first line of the log with these words, from now on. */
    CompletableFuture<String> line(String words) {
        return awaited.computeIfAbsent(words, fresh -> new CompletableFuture<>());
    }

    /** What it printed until it ended. */
    public String awaitEnd() throws IOException, InterruptedException {
        String printed = String.join("\n", output.lines().toList());
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("The application did not end");
        }
        return printed;
    }

    public int exitCode() {
        return process.exitValue();
    }

    int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String managementUrl() {
        return "http://127.0.0.1:" + managementPort;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Sends a signal of POSIX by its name. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Ends it without a word of warning. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends it in good order; one that does not obey within some seconds fails the test. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
