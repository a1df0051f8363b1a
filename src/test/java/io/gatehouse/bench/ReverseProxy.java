package io.gatehouse.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** The yardstick: a reverse proxy on bare Vert.x that streams both bodies and does nothing else. */
final class ReverseProxy {

    /** RFC 9110, section 7.6.1. */
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "te", "trailer", "upgrade",
            "proxy-connection", "proxy-authorization", "host");
    private static final int CONNECTIONS = 1_024;

    private ReverseProxy() {
    }

    /** @param arguments the port that it stands before */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        BareProcess.serve(vertx -> proxy(vertx, port));
    }

    private static Handler<HttpServerRequest> proxy(Vertx vertx, int port) {
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        return request -> {
            request.pause();
            client.request(new RequestOptions().setMethod(request.method()).setHost("127.0.0.1").setPort(port)
                    .setURI(request.uri()))
                    .compose(outgoing -> send(request, outgoing))
                    .compose(answer -> send(answer, request.response()))
                    .onFailure(failure -> request.response().setStatusCode(502).end());
        };
    }

    private static Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest outgoing) {
        copy(request.headers(), outgoing.headers());
        return outgoing.send(request);
    }

    private static Future<Void> send(HttpClientResponse answer, HttpServerResponse response) {
        response.setStatusCode(answer.statusCode());
        copy(answer.headers(), response.headers());
        return response.send(answer);
    }

    private static void copy(MultiMap from, MultiMap to) {
        from.forEach((name, value) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                to.add(name, value);
            }
        });
    }
}
