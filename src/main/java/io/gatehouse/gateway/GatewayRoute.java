package io.gatehouse.gateway;

import io.gatehouse.platform.Role;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Where MCP requests come in and answers go out, on a bare Vert.x route. The request arrives paused. */
@Singleton
class GatewayRoute {

    private static final int FIRST = -1;

    private final Gateway gateway;
    private final Role role;
    private final Vertx vertx;

    @Inject
    GatewayRoute(Gateway gateway, Role role, Vertx vertx) {
        this.gateway = gateway;
        this.role = role;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        if (role.servesGateway()) {
            router.route("/mcp/:handle").order(FIRST).handler(this::serve);
        }
    }

    private void serve(RoutingContext context) {
        HttpServerRequest request = context.request();
        Arrival arrival = new Arrival(context.pathParam("handle"), request.method().name(), request.headers(),
                request.getParam("token"), new Body(vertx, request), new Observation());
        Cancellable running = gateway.serve(arrival).subscribe().with(reply -> send(request, arrival.body(), reply),
                context::fail);
        if (!context.response().ended()) {
            context.response().closeHandler(closed -> {
                if (arrival.observation().endsWithItsStream()) {
                    running.cancel();
                }
            });
        }
    }

    private static void send(HttpServerRequest request, Body body, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        boolean giveUp = !body.isComplete();
        if (giveUp && request.version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close");
        }
        Future<Void> sent;
        if (reply instanceof Reply.Json json) {
            json.headers().forEach(response::putHeader);
            sent = response.putHeader("Content-Type", "application/json").end(json.body());
        } else {
            sent = response.end();
        }
        if (giveUp) {
            sent.onComplete(done -> giveUp(request));
        }
    }

    /** Nobody reads the rest of the body, so the client must not go on sending it. */
    private static void giveUp(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(0);
        } else {
            request.connection().close();
        }
    }
}
