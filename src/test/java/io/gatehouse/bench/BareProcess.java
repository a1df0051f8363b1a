package io.gatehouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;

/** A server on bare Vert.x, in a process of its own that ends with this one. It listens on as many event loops as Gatehouse. */
final class BareProcess implements AutoCloseable {

    private static final String LISTENING = "Listening on ";

    /** A free port that all instances of a verticle share. */
    private static final int ONE_FOR_ALL = -1;

    private final Process process;
    private final int port;

    BareProcess(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Settings.javaOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException(main.getSimpleName() + " ended before it listened");
        }
        port = Integer.parseInt(line.substring(LISTENING.length()));
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** What such a process does: it serves until its standard input ends. */
    static void serve(Function<Vertx, Handler<HttpServerRequest>> handlers) throws IOException {
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        AtomicInteger port = new AtomicInteger();
        vertx.deployVerticle(() -> new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                vertx.createHttpServer().requestHandler(handlers.apply(vertx)).listen(ONE_FOR_ALL, "127.0.0.1")
                        .onSuccess(server -> port.set(server.actualPort())).<Void> mapEmpty().onComplete(started);
            }
        }, new DeploymentOptions().setInstances(loops))
                .onSuccess(deployed -> System.out.println(LISTENING + port)).onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
