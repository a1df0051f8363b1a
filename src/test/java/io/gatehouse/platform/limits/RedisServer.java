package io.gatehouse.platform.limits;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real server on loopback that keeps nothing when it ends. */
public final class RedisServer implements AutoCloseable {

    private final Process process;
    private final int port;

    public RedisServer(String password) throws IOException {
        port = freePort();
        process = new ProcessBuilder(List.of(binary().orElseThrow().toString(), "--port", String.valueOf(port), "--bind",
                "127.0.0.1", "--save", "", "--appendonly", "no", "--requirepass", password, "--dir", "target"))
                .redirectErrorStream(true).start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line == null || !line.contains("Ready to accept"); line = output.readLine()) {
            if (line == null) {
                throw new IOException("redis-server ended");
            }
        }
    }

    /** Debian calls it redis-server, where Valkey has its place valkey-server. */
    public static Optional<Path> binary() {
        return Stream.of("/usr/bin", "/usr/local/bin")
                .flatMap(folder -> Stream.of(Path.of(folder, "redis-server"), Path.of(folder, "valkey-server")))
                .filter(Files::isExecutable).findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
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
