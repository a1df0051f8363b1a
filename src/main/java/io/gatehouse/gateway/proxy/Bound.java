package io.gatehouse.gateway.proxy;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;

/** Lets no more pass than so much. */
final class Bound {

    private Bound() {
    }

    /** Fails with TOO_LARGE instead of the part that goes beyond. */
    static Multi<Buffer> of(Multi<Buffer> parts, long most) {
        long[] passed = new long[1];
        return parts.invoke(part -> {
            passed[0] += part.length();
            if (passed[0] > most) {
                throw Problem.tooLarge("The answer of the MCP server behind this one is larger than " + most + " bytes");
            }
        });
    }
}
