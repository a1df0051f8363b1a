package io.gatehouse.gateway.call;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.Engine;
import io.gatehouse.engine.Outcome;
import io.gatehouse.engine.Progress;
import io.gatehouse.plan.InputValidator;
import io.gatehouse.plan.ProxiedAction;
import io.gatehouse.platform.Workers;
import io.gatehouse.platform.telemetry.Trail;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Carries a tool call out. What is wrong with the arguments or goes wrong in the work is an outcome for the agent. */
@Singleton
public class ToolCalls {

    private final Engine engine;
    private final Vertx vertx;

    @Inject
    ToolCalls(Engine engine, Vertx vertx) {
        this.engine = engine;
        this.vertx = vertx;
    }

    /**
     * @param meta what the agent says beside the arguments
     * @param progress hears of the stages, or null
     * @param trail of the request
     */
    public Uni<Outcome> call(Tool tool, ObjectNode arguments, ObjectNode meta, Progress progress, Trail trail) {
        if (tool.plan().action() instanceof ProxiedAction) {
            // Its own server checks them, in whichever dialect of JSON Schema.
            return engine.run(tool.plan().action(), arguments, meta, progress, trail);
        }
        return tool.validator() != null
                ? call(tool, tool.validator(), arguments, meta, progress, trail)
                : Workers.run(vertx, tool::compile)
                        .chain(validator -> call(tool, validator, arguments, meta, progress, trail));
    }

    private Uni<Outcome> call(Tool tool, InputValidator validator, ObjectNode arguments, ObjectNode meta,
            Progress progress, Trail trail) {
        List<String> faults = validator.faults(arguments);
        return faults.isEmpty()
                ? engine.run(tool.plan().action(), arguments, meta, progress, trail)
                : Uni.createFrom().item(Outcome.failure("The arguments do not fit the tool's input schema. "
                        + String.join("; ", faults)));
    }
}
