package io.gatehouse.engine.proxied;

import io.gatehouse.kernel.Problem;

/** What agents are told of an upstream that fails: without addresses, which are the deployment's own business. */
public final class Trouble {

    private Trouble() {
    }

    public static String told(Problem problem) {
        return switch (problem.kind()) {
            case TIMEOUT -> "The MCP server behind this one did not answer in time";
            case FORBIDDEN -> "The MCP server behind this one has an address that this deployment does not connect to";
            case UPSTREAM -> problem.code().equals("upstream_failed")
                    ? "The MCP server behind this one can't be reached"
                    : problem.getMessage();
            default -> problem.getMessage();
        };
    }
}
