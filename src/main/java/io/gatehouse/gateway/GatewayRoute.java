package io.gatehouse.gateway;

import io.gatehouse.gateway.trace.Traces;
import io.gatehouse.platform.Role;
import io.gatehouse.platform.web.RequestId;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Where MCP requests come in and answers go out, on a bare Vert.x route. The request arrives paused. */
@Singleton
class GatewayRoute {

    /** After what every request passes, and before what only the management API needs: REST, its security, its limits. */
    private static final int EARLY = -500;

    /** Compared here: a route with a parameter costs every request of every kind a regular expression. */
    private static final String PATH = "/mcp/";

    private final Gateway gateway;
    private final Role role;
    private final Vertx vertx;
    private final Sender sender;
    private final Cors cors;
    private final Traces traces;

    @Inject
    GatewayRoute(Gateway gateway, Role role, Vertx vertx, Sender sender, Cors cors, Traces traces) {
        this.gateway = gateway;
        this.traces = traces;
        this.sender = sender;
        this.cors = cors;
        this.role = role;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        if (role.servesGateway()) {
            router.route().order(EARLY).handler(context -> {
                String path = context.normalizedPath();
                if (path.startsWith(PATH)) {
                    serve(context, path.substring(PATH.length()));
                } else {
                    context.next();
                }
            });
        }
    }

    private void serve(RoutingContext context, String handle) {
        HttpServerRequest request = context.request();
        cors.open(request);
        if (cors.isPreflight(request)) {
            cors.answer(request);
            return;
        }
        Observation observation = new Observation(context.response().headers().get(RequestId.HEADER));
        observation.trace(traces.begin(request, observation.requestId()));
        Arrival arrival = new Arrival(request.remoteAddress().host(), request.authority().host(), handle,
                request.method().name(), request.headers(), request.getParam("token"), new Body(vertx, request),
                request.response().headers(), observation);
        Cancellable running = gateway.serve(arrival).subscribe().with(reply -> sender.send(request, arrival.body(), reply),
                context::fail);
        if (!context.response().headWritten()) {
            context.response().closeHandler(closed -> {
                if (arrival.method().equals("GET") || arrival.observation().endsWithItsStream()) {
                    running.cancel();
                }
            });
        }
    }
}
