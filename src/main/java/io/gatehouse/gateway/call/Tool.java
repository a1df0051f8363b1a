package io.gatehouse.gateway.call;

import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.HeaderParameter;
import io.gatehouse.plan.InputValidator;
import io.gatehouse.plan.ToolPlan;
import io.gatehouse.platform.database.StoredJson;

/** A tool ready to be called; its schema is compiled for the first call, and kept with the plan. */
public final class Tool {

    private static final TypeReference<ObjectNode> OBJECT = new TypeReference<>() {
    };

    private final ToolPlan plan;
    private final List<HeaderParameter> headerParameters;
    private final boolean readOnly;
    private volatile InputValidator validator;

    public Tool(ToolPlan plan) {
        this.plan = plan;
        this.readOnly = plan.annotations() != null
                && StoredJson.read(plan.annotations(), OBJECT).path("readOnlyHint").asBoolean();
        this.headerParameters = HeaderParameter.of(plan.inputSchema());
    }

    /** Whether its annotations promise that it changes nothing. */
    public boolean isReadOnly() {
        return readOnly;
    }

    ToolPlan plan() {
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
