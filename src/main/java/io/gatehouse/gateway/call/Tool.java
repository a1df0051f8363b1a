package io.gatehouse.gateway.call;

import java.util.List;

import io.gatehouse.plan.HeaderParameter;
import io.gatehouse.plan.InputValidator;
import io.gatehouse.plan.ToolPlan;

/** A tool ready to be called; its schema is compiled for the first call, and kept with the plan. */
public final class Tool {

    private final ToolPlan plan;
    private final List<HeaderParameter> headerParameters;
    private volatile InputValidator validator;

    public Tool(ToolPlan plan) {
        this.plan = plan;
        this.headerParameters = HeaderParameter.of(plan.inputSchema());
    }

    public ToolPlan plan() {
        return plan;
    }

    /** @return null until {@link #compile} has run */
    InputValidator validator() {
        return validator;
    }

    /** Takes some milliseconds for a large schema, so it is no work for an event loop. */
    InputValidator compile() {
        validator = InputValidator.compile(plan.inputSchema());
        return validator;
    }

    /** The arguments that modern clients repeat in headers. */
    public List<HeaderParameter> headerParameters() {
        return headerParameters;
    }
}
