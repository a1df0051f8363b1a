package io.gatehouse.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.http.HttpExecutor;
import io.gatehouse.plan.Action;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door: runs any kind of action. */
@Singleton
public class Engine {

    private final HttpExecutor http;

    @Inject
    Engine(HttpExecutor http) {
        this.http = http;
    }

    /** @param arguments already valid for the tool's input schema */
    public Uni<Outcome> run(Action action, ObjectNode arguments) {
        return action.match(request -> http.execute(request, arguments),
                call -> Uni.createFrom().item(Outcome.failure("Tools of other MCP servers are not called yet")));
    }
}
