package io.gatehouse.journal.siem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

import io.gatehouse.testing.SelfSigned;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;

/** A system on loopback that keeps the events it is sent, unless it is told to misbehave for a while. */
public final class Receiver implements AutoCloseable {

    /** A request that came whole. */
    public record Post(String uri, MultiMap headers, String body) {

        public List<String> lines() {
            return Arrays.stream(body.split("\n")).filter(line -> !line.isEmpty()).toList();
        }
    }

    /** How it treats one request: it may keep the events, and answers or does not. */
    public interface Manner {

        void treat(Receiver receiver, Post post, HttpServerResponse response);
    }

    public static final Manner OBEYS = (receiver, post, response) -> {
        receiver.keep(post);
        response.end(receiver.answer.apply(post));
    };
    public static final Manner FAILS = (receiver, post, response) -> response.setStatusCode(500).end("oops");
    public static final Manner STALLS = (receiver, post, response) -> {
    };
    public static final Manner STORES_AND_STALLS = (receiver, post, response) -> receiver.keep(post);
    public static final Manner STORES_AND_BREAKS_OFF = (receiver, post, response) -> {
        receiver.keep(post);
        response.putHeader("Content-Length", "1000").write("{\"took\"").onComplete(sent -> response.reset());
    };
    public static final Manner STORES_AND_FAILS = (receiver, post, response) -> {
        receiver.keep(post);
        response.setStatusCode(503).putHeader("Retry-After", "0").end();
    };
    public static final Manner ANSWERS_SLOWLY = (receiver, post, response) -> {
        receiver.keep(post);
        receiver.vertx.setTimer(100, later -> response.end(receiver.answer.apply(post)));
    };
    public static final Manner REFUSES_ALL = (receiver, post, response) -> response.setStatusCode(401).end("who are you");

    public final List<Post> posts = new CopyOnWriteArrayList<>();
    public final List<String> kept = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Manner> manners = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServerOptions options;
    private HttpServer server;
    private volatile Function<Post, String> answer = post -> "{}";
    private volatile Function<String, String> id = line -> Answers.parse(line).path("id").asText();

    public Receiver() {
        this(new HttpServerOptions());
    }

    /** One that is spoken to over TLS. */
    Receiver(SelfSigned identity) {
        this(new HttpServerOptions().setSsl(true).setKeyCertOptions(new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(identity.certificate())).addKeyValue(Buffer.buffer(identity.key()))));
    }

    private Receiver(HttpServerOptions options) {
        this.options = options;
        listen(0);
    }

    private void listen(int port) {
        try {
            server = vertx.createHttpServer(options).requestHandler(this::serve)
                    .listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The receiver did not start", e);
        }
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Post post = new Post(request.uri(), MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
                    text(request, body));
            posts.add(post);
            Manner manner = manners.poll();
            (manner == null ? OBEYS : manner).treat(this, post, request.response());
        });
    }

    private static String text(HttpServerRequest request, Buffer body) {
        if (!"gzip".equals(request.getHeader("Content-Encoding"))) {
            return body.toString();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(Post post) {
        post.lines().forEach(line -> kept.add(id.apply(line)));
    }

    public String url() {
        return (options.isSsl() ? "https" : "http") + "://127.0.0.1:" + server.actualPort();
    }

    public Receiver next(Manner... some) {
        manners.addAll(List.of(some));
        return this;
    }

    /** From now on it obeys. */
    public void obey() {
        manners.clear();
    }

    Receiver answers(Function<Post, String> by) {
        answer = by;
        return this;
    }

    Receiver knows(Function<String, String> by) {
        id = by;
        return this;
    }

    /** Connections are refused while this is done. */
    void whileDown(Runnable work) {
        int port = server.actualPort();
        server.close().toCompletionStage().toCompletableFuture().join();
        work.run();
        listen(port);
    }

    public Set<String> distinct() {
        return new HashSet<>(kept);
    }

    List<String> inOrder() {
        return new ArrayList<>(kept);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
