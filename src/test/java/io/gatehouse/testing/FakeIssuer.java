package io.gatehouse.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * An authorization server on loopback that publishes its metadata and keys, signs tokens, and answers as told. What is known
 * of its URL is known of no later one, though that may get the same port.
 */
public final class FakeIssuer implements AutoCloseable {

    private static final String PATH = "/realms/main";
    public static final String METADATA = PATH + "/.well-known/openid-configuration";
    public static final String KEYS = PATH + "/keys";
    public static final String INTROSPECTION = PATH + "/introspect";

    private static final AtomicInteger ISSUERS = new AtomicInteger();

    private final Vertx vertx = Vertx.vertx();
    /** The beginning of all paths in its URL, and of none by which it is told what to answer. */
    private final String own = "/issuer-" + ISSUERS.incrementAndGet();
    private final Queue<BackEnd.Request> requests = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<String, Consumer<HttpServerResponse>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    public FakeIssuer() {
        this("127.0.0.1");
    }

    /** @param address one of loopback */
    public FakeIssuer(String address) {
        try {
            server = vertx.createHttpServer().requestHandler(this::serve).listen(0, address)
                    .toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The issuer did not start", e);
        }
        answers(METADATA, BackEnd.json(metadata().encode()));
    }

    private void serve(HttpServerRequest request) {
        String path = request.path().replace(own, "");
        request.body().onSuccess(body -> {
            requests.add(new BackEnd.Request(request.method().name(), path, request.headers(), body.toString()));
            answers.getOrDefault(path, response -> response.setStatusCode(404).end())
                    .accept(request.response());
        });
    }

    public Vertx vertx() {
        return vertx;
    }

    public int port() {
        return server.actualPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + own + PATH;
    }

    public JsonObject metadata() {
        return new JsonObject().put("issuer", url()).put("jwks_uri", url() + "/keys")
                .put("introspection_endpoint", url() + "/introspect");
    }

    public void answers(String path, Consumer<HttpServerResponse> answer) {
        answers.put(path, answer);
    }

    public void publishes(PublicJsonWebKey... keys) {
        publishes(null, keys);
    }

    /** @param cacheControl null for none */
    public void publishes(String cacheControl, PublicJsonWebKey... keys) {
        String json = new JsonWebKeySet(Arrays.asList(keys)).toJson();
        answers(KEYS, response -> {
            if (cacheControl != null) {
                response.putHeader("Cache-Control", cacheControl);
            }
            BackEnd.json(json).accept(response);
        });
    }

    /** How often that path was asked for. */
    public long asked(String path) {
        return requests.stream().filter(request -> request.uri().equals(path)).count();
    }

    /** The last request for that path. */
    public BackEnd.Request last(String path) {
        return requests.stream().filter(request -> request.uri().equals(path)).reduce((one, next) -> next).orElseThrow();
    }

    /** A token with these claims, as anybody may sign it: any algorithm goes. */
    public static String sign(JsonObject claims, PublicJsonWebKey key, String algorithm) {
        return sign(claims, key, algorithm, Map.of());
    }

    /** @param headers beside the algorithm and the key's id, or in their place */
    public static String sign(JsonObject claims, PublicJsonWebKey key, String algorithm, Map<String, ?> headers) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        token.setDoKeyValidation(false);
        token.setPayload(claims.encode());
        token.setAlgorithmHeaderValue(algorithm);
        token.setKeyIdHeaderValue(key.getKeyId());
        headers.forEach(token.getHeaders()::setObjectHeaderValue);
        token.setKey(key.getPrivateKey());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody reaches it any more. */
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
