package io.gatehouse.gateway.proxy;

import java.util.Set;

import io.gatehouse.engine.proxied.Messages;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Message;
import io.gatehouse.gateway.protocol.Methods;
import io.gatehouse.kernel.Problem;
import io.vertx.core.buffer.Buffer;

/** Tells from what an upstream answers that it may have left the era in which it was asked. */
final class EraDoubt {

    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_FOUND = -32_601;
    private static final int INVALID_PARAMS = -32_602;

    /** Invalid request, unsupported version. */
    private static final Set<Integer> OF_BOTH_ERAS = Set.of(-32_600, -32_022);

    /** What servers of the legacy era say where they miss a session. */
    private static final Set<Integer> OF_SESSIONS = Set.of(-32_000, -32_001);

    /** Too late, too large, too often: of no era. */
    private static final Set<Integer> OTHER_REASONS = Set.of(408, 413, 429);

    /** Which every server has in its era, but for one without tools. */
    private static final Set<String> CORE = Set.of(Methods.INITIALIZE, Methods.DISCOVER, "tools/list", "tools/call");
    private static final Set<String> INTRODUCTIONS = Set.of(Methods.INITIALIZE, Methods.DISCOVER);

    private EraDoubt() {
    }

    /** Whether an answer of this status must be read to know. */
    static boolean mustRead(Turn turn, int status) {
        return turn.message().kind() == Message.Kind.REQUEST
                && (status >= BAD_REQUEST || INTRODUCTIONS.contains(turn.message().method()));
    }

    /** @param status of an answer without JSON */
    static boolean arises(Turn turn, int status) {
        return turn.message().kind() == Message.Kind.REQUEST && !OTHER_REASONS.contains(status)
                && (turn.edge().isModern() || turn.message().method().equals(Methods.INITIALIZE));
    }

    static boolean arises(Turn turn, int status, Buffer json) {
        if (!mustRead(turn, status)) {
            return false;
        }
        int code = code(json);
        if (code == METHOD_NOT_FOUND) {
            return CORE.contains(turn.message().method());
        }
        return status >= BAD_REQUEST && (OF_BOTH_ERAS.contains(code) || turn.edge().isModern() && OF_SESSIONS.contains(code))
                || status == BAD_REQUEST && code == INVALID_PARAMS;
    }

    private static int code(Buffer json) {
        try {
            return Messages.parse(json).path("error").path("code").asInt();
        } catch (Problem noMessage) {
            return 0;
        }
    }
}
