package io.gatehouse.packaged;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Keycloak on loopback, of the distribution that the build unpacks, with one realm and nothing of earlier runs. */
final class Keycloak implements AutoCloseable {

    private static final Path FOLDER = Path.of("target/keycloak").toAbsolutePath();

    private final Process process;
    private final String url;

    /** @param realm what it is to have, in its own format */
    Keycloak(String name, String realm) throws IOException {
        Path home = home();
        FoundedDatabase.delete(home.resolve("data"));
        Files.createDirectories(home.resolve("data/import"));
        Files.writeString(home.resolve("data/import").resolve(name + ".json"), realm);
        String port = Installation.freePort();
        url = "http://127.0.0.1:" + port + "/realms/" + name;
        ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin/kc.sh").toString(), "start-dev", "--import-realm",
                "--http-host=127.0.0.1", "--http-port=" + port, "--cache=local").redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home"),
                "JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m", "JAVA_OPTS_APPEND",
                "-XX:TieredStopAtLevel=1"));
        process = builder.start();
    }

    private static Path home() throws IOException {
        try (Stream<Path> versions = Files.exists(FOLDER) ? Files.list(FOLDER) : Stream.empty()) {
            return versions.filter(Files::isDirectory).filter(folder -> Files.exists(folder.resolve("bin/kc.sh"))).findFirst()
                    .orElseThrow(() -> new IllegalStateException("./mvnw dependency:unpack@keycloak puts Keycloak there"));
        }
    }

    /** Reads the log until it listens, which takes longer the first time. */
    Keycloak awaitListening() throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains("Listening on: ")) {
                CompletableFuture.runAsync(this::discardTheRest);
                return this;
            }
        }
        throw new AssertionError("Keycloak ended before it listened:\n" + String.join("\n", lines));
    }

    private void discardTheRest() {
        try (InputStream rest = process.getInputStream()) {
            rest.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The process ended.
        }
    }

    /** The realm's issuer. */
    String url() {
        return url;
    }

    /** The script that starts it may have it as a child. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(one -> one.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }
}
