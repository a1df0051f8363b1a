package io.gatehouse.gateway;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.platform.Role;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Where MCP requests come in and answers go out, on a bare Vert.x route. */
@Singleton
class GatewayRoute {

    private static final int FIRST = -1;

    private final Gateway gateway;
    private final Role role;
    private final long maxRequestSize;

    @Inject
    GatewayRoute(Gateway gateway, Role role,
            @ConfigProperty(name = "gatehouse.gateway.max-request-size", defaultValue = "4M") MemorySize maxRequestSize) {
        this.gateway = gateway;
        this.role = role;
        this.maxRequestSize = maxRequestSize.asLongValue();
    }

    void register(@Observes Router router) {
        if (role.servesGateway()) {
            router.route("/mcp/:handle").order(FIRST).handler(this::receive);
        }
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= maxRequestSize) {
                body.appendBuffer(chunk);
            } else if (!context.response().ended()) {
                context.response().setStatusCode(413).putHeader("Connection", "close").end();
            }
        });
        request.endHandler(end -> {
            if (!context.response().ended()) {
                serve(context, body);
            }
        });
        request.resume();
    }

    private void serve(RoutingContext context, Buffer body) {
        HttpServerRequest request = context.request();
        Arrival arrival = new Arrival(context.pathParam("handle"), request.method().name(), request.headers(),
                request.getParam("token"), body, new Observation());
        Cancellable running = gateway.serve(arrival).subscribe().with(reply -> send(context.response(), reply),
                context::fail);
        if (!context.response().ended()) {
            context.response().closeHandler(closed -> running.cancel());
        }
    }

    private static void send(HttpServerResponse response, Reply reply) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        if (reply instanceof Reply.Json json) {
            json.headers().forEach(response::putHeader);
            response.putHeader("Content-Type", "application/json").end(json.body());
        } else {
            response.end();
        }
    }
}
