package io.gatehouse.gateway.call;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.engine.Engine;
import io.gatehouse.engine.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Carries a tool call out. What is wrong with the arguments or goes wrong in the work is an outcome for the agent. */
@Singleton
public class ToolCalls {

    private final Engine engine;

    @Inject
    ToolCalls(Engine engine) {
        this.engine = engine;
    }

    public Uni<Outcome> call(Tool tool, ObjectNode arguments) {
        List<String> faults = tool.faults(arguments);
        return faults.isEmpty()
                ? engine.run(tool.plan().action(), arguments)
                : Uni.createFrom().item(Outcome.failure("The arguments do not fit the tool's input schema. "
                        + String.join("; ", faults)));
    }
}
