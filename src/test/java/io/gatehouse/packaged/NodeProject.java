package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs from the npm registry, pinned by a lock file under {@code src/test/clients}, and scripts beside it. */
final class NodeProject {

    private static final String LOCK_FILE = "package-lock.json";
    /** The lock file of what is installed; {@code npm ci} takes it away with the rest before it begins. */
    private static final String INSTALLED = "node_modules/.installed.json";

    private final Path folder;

    /** What a program printed, and its exit code. */
    record Result(int exitCode, String output) {
    }

    NodeProject(String name) throws Exception {
        folder = Path.of("target/clients", name).toAbsolutePath();
        Files.createDirectories(folder);
        // Of several processes one installs, and the others wait
        try (FileChannel file = FileChannel.open(folder.resolveSibling(name + ".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock lock = file.lock()) {
            copy(Path.of("src/test/clients", name));
            if (lock.isValid() && !isInstalled()) {
                install(name);
            }
        }
    }

    /** Only what is new, for others may be reading. */
    private void copy(Path sources) throws IOException {
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(file.getFileName());
                if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private boolean isInstalled() throws IOException {
        Path installed = folder.resolve(INSTALLED);
        return Files.exists(installed) && Files.mismatch(folder.resolve(LOCK_FILE), installed) < 0;
    }

    private void install(String name) throws Exception {
        try {
            Result npm = run(folder, List.of("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"));
            assertEquals(0, npm.exitCode(), npm.output());
            Files.copy(folder.resolve(LOCK_FILE), folder.resolve(INSTALLED), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            abort("Node.js is not here, so " + name + " is not tried");
        }
    }

    /** Runs one of the installed programs by the installed Node.js. */
    Result run(Path directory, String program, String... arguments) throws Exception {
        return run(directory, command("node_modules/.bin/" + program, arguments));
    }

    /** Where a file of it is. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Runs a script of the project by the installed Node.js. */
    Result script(String script, String... arguments) throws Exception {
        return run(folder, command(script, arguments));
    }

    /** The same without waiting for its end. */
    Process start(String script, String... arguments) throws IOException {
        return builder(folder, command(script, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private List<String> command(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(folder.resolve("node_modules/.bin/node").toString(),
                folder.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Node.js keeps what it compiled for the next time, beside all of this, which outlives an installation. */
    private ProcessBuilder builder(Path directory, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("NODE_COMPILE_CACHE", folder.resolve("compiled").toString());
        return builder;
    }

    private Result run(Path directory, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = builder(directory, command).redirectErrorStream(true);
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        builder.environment().put("NO_COLOR", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), output);
    }
}
