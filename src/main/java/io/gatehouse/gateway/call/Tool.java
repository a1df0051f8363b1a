package io.gatehouse.gateway.call;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.HeaderParameter;
import io.gatehouse.plan.InputValidator;
import io.gatehouse.plan.ToolPlan;

/** A tool ready to be called; its schema is compiled at the first call and kept with the plan. */
public final class Tool {

    private final ToolPlan plan;
    private volatile InputValidator compiled;

    public Tool(ToolPlan plan) {
        this.plan = plan;
    }

    ToolPlan plan() {
        return plan;
    }

    /** What is wrong with the arguments; empty when they fit. */
    List<String> faults(JsonNode arguments) {
        return compiled().faults(arguments);
    }

    /** The arguments that modern clients repeat in headers. */
    public List<HeaderParameter> headerParameters() {
        return compiled().headerParameters();
    }

    private InputValidator compiled() {
        if (compiled == null) {
            compiled = InputValidator.compile(plan.inputSchema());
        }
        return compiled;
    }
}
