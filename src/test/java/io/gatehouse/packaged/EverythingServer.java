package io.gatehouse.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A third-party MCP server that offers all there is, made with the TypeScript SDK; ends with its input, so with the test. */
final class EverythingServer implements AutoCloseable {

    private final Process process;
    private final String url;

    /** @param era legacy, modern or both */
    EverythingServer(NodeProject programs, String era) throws IOException {
        process = programs.start("everything.mjs", "--era", era);
        url = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (url == null) {
            throw new AssertionError("The everything server did not start");
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
