package io.gatehouse.platform.limits;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** A real server on loopback. */
public final class RedisServer implements AutoCloseable {

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_768;

    private final List<String> command;
    private final int port;
    private Process process;

    /** One that keeps nothing when it ends. */
    public RedisServer(String password) throws IOException {
        this(freePort(), password, List.of("--appendonly", "no", "--dir", "target"));
    }

    private RedisServer(int port, String password, List<String> more) throws IOException {
        this.port = port;
        this.command = new ArrayList<>(List.of(binary().orElseThrow().toString(), "--port", String.valueOf(port), "--bind",
                "127.0.0.1", "--save", "", "--requirepass", password));
        command.addAll(more);
        start();
    }

    /** One that loses nothing of what it acknowledged, as a deployment must have it. */
    public static RedisServer durable(String password, Path folder) throws IOException {
        return new RedisServer(freePort(), password, List.of("--appendonly", "yes", "--appendfsync", "always", "--dir",
                folder.toString()));
    }

    /** One that speaks TLS and nothing else. */
    static RedisServer tls(String password, Path certificate, Path key) throws IOException {
        int free = freePort();
        // The later one of two settings wins
        return new RedisServer(free, password, List.of("--port", "0", "--tls-port", String.valueOf(free), "--tls-cert-file",
                certificate.toString(), "--tls-key-file", key.toString(), "--tls-auth-clients", "no", "--appendonly", "no",
                "--dir", "target"));
    }

    /** Again, at the same port, with what is on its disk. */
    public void start() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line == null || !line.contains("Ready to accept"); line = output.readLine()) {
            if (line == null) {
                throw new IOException("redis-server ended: " + lines);
            }
            lines.add(line);
        }
    }

    /** Ends it without a word of warning. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Debian calls it redis-server, where Valkey has its place valkey-server. */
    public static Optional<Path> binary() {
        return Stream.of("/usr/bin", "/usr/local/bin")
                .flatMap(folder -> Stream.of(Path.of(folder, "redis-server"), Path.of(folder, "valkey-server")))
                .filter(Files::isExecutable).findFirst();
    }

    /** None of those that the system gives to whoever asks for any: it is free still when the server starts, and again. */
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one may be free
            }
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
