package io.gatehouse.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.http.HttpExecutor;
import io.gatehouse.engine.proxied.ProxiedExecutor;
import io.gatehouse.plan.Action;
import io.gatehouse.platform.telemetry.Trail;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door: runs any kind of action. */
@Singleton
public class Engine {

    private final HttpExecutor http;
    private final ProxiedExecutor proxied;

    @Inject
    Engine(HttpExecutor http, ProxiedExecutor proxied) {
        this.http = http;
        this.proxied = proxied;
    }

    /**
     * @param arguments already valid for the tool's input schema
     * @param meta what the agent says beside them, for actions that pass it on
     * @param progress hears of the stages, if the action has any; null when nobody wants to
     * @param trail of the request that causes it
     */
    public Uni<Outcome> run(Action action, ObjectNode arguments, ObjectNode meta, Progress progress, Trail trail) {
        return action.match(request -> http.execute(request, arguments, trail),
                call -> proxied.execute(call, arguments, meta, progress, trail));
    }
}
