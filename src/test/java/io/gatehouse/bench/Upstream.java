package io.gatehouse.bench;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * What takes no time to answer, on bare Vert.x: an HTTP back end, an MCP server, MCP servers that misbehave where a tool is
 * called, and a route that answers with the bytes it was given.
 */
final class Upstream {

    static final String ITEM = """
            {"id":42,"name":"A thing of which there are many","state":"available","tags":["small","blue","fragile"],\
            "price":{"amount":1999,"currency":"EUR"},"stock":[{"place":"Hamburg","count":12},{"place":"Lyon","count":0}],\
            "updated_at":"2026-11-21T06:14:05.006962Z"}""";

    private static final Buffer ITEM_BYTES = Buffer.buffer(ITEM);
    private static final AtomicReference<Buffer> GIVEN = new AtomicReference<>(Buffer.buffer("{}"));

    private Upstream() {
    }

    public static void main(String[] arguments) throws IOException {
        BareProcess.serve(Upstream::routes);
    }

    private static Handler<HttpServerRequest> routes(Vertx vertx) {
        Router router = Router.router(vertx);
        router.post("/given").handler(context -> read(context, body -> end(context, GIVEN.get())));
        router.post("/mcp").handler(context -> read(context, body -> answer(context, body)));
        for (Misbehaviour kind : Misbehaviour.values()) {
            router.post(kind.path()).handler(context -> read(context, body -> answer(context, body, kind)));
        }
        router.put("/given").handler(context -> read(context, body -> {
            GIVEN.set(body.copy());
            end(context, ITEM_BYTES);
        }));
        router.route("/api/*").handler(context -> read(context, body -> end(context, ITEM_BYTES)));
        return router;
    }

    private static void read(RoutingContext context, Handler<Buffer> then) {
        context.request().body().onSuccess(then).onFailure(context::fail);
    }

    private static void answer(RoutingContext context, Buffer message) {
        Buffer answer = McpAnswers.to(message);
        if (answer == null) {
            context.response().setStatusCode(202).end();
        } else {
            end(context, answer);
        }
    }

    private static void answer(RoutingContext context, Buffer message, Misbehaviour kind) {
        if (message.toString().contains("\"tools/call\"")) {
            kind.answer(context.request());
        } else {
            answer(context, message);
        }
    }

    private static void end(RoutingContext context, Buffer json) {
        HttpServerResponse response = context.response();
        response.putHeader("Content-Type", "application/json").end(json);
    }
}
