package io.gatehouse.gateway.proxy;

import io.gatehouse.engine.proxied.Trouble;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.gateway.protocol.Message;
import io.gatehouse.kernel.Problem;

/**
 * What the agent is told when the upstream fails: to a request in band, for clients show no other message; and never with a
 * status that would be about the agent's own credentials.
 */
final class Failures {

    private static final int UNREACHABLE = 1_502;
    private static final int BUSY = 1_503;
    private static final int LATE = 1_504;

    private Failures() {
    }

    static RuntimeException relayed(Turn turn, Problem problem) {
        int code = code(problem);
        String message = Trouble.told(problem);
        turn.known().located().arrival().observation().toolFailed();
        if (turn.message().kind() == Message.Kind.REQUEST) {
            return Fault.inBand(code, message);
        }
        return switch (code) {
            case BUSY -> Problem.unavailable(message, problem);
            case LATE -> Problem.timeout(message);
            default -> Problem.upstream(message, problem);
        };
    }

    private static int code(Problem problem) {
        return switch (problem.kind()) {
            case UNAVAILABLE -> BUSY;
            case TIMEOUT -> LATE;
            default -> UNREACHABLE;
        };
    }
}
