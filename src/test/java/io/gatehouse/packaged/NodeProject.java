package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Programs from the npm registry, pinned by a lock file under {@code src/test/clients}. */
final class NodeProject {

    private final Path folder;

    /** What a program printed, and its exit code. */
    record Result(int exitCode, String output) {
    }

    NodeProject(String name) throws Exception {
        folder = Path.of("target/clients", name).toAbsolutePath();
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(Path.of("src/test/clients", name, file), folder.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            Result npm = run(folder, List.of("npm", "ci", "--no-audit", "--no-fund"));
            assertEquals(0, npm.exitCode(), npm.output());
        } catch (IOException e) {
            abort("Node.js is not here, so " + name + " is not tried");
        }
    }

    /** Runs one of the installed programs by the installed Node.js. */
    Result run(Path directory, String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve("node_modules/.bin/node").toString(),
                folder.resolve("node_modules/.bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        return run(directory, command);
    }

    private static Result run(Path directory, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        builder.environment().put("NO_COLOR", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), output);
    }
}
