package io.gatehouse.gateway.stream;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.kernel.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** How much an agent gets for one request. */
@Singleton
public class LargestAnswer {

    private final long bytes;

    @Inject
    LargestAnswer(@ConfigProperty(name = "gatehouse.gateway.max-response-size", defaultValue = "32M") MemorySize size) {
        this.bytes = size.asLongValue();
    }

    public long bytes() {
        return bytes;
    }

    /** Another MCP server has more to say. */
    public Problem exceeded() {
        return Problem.tooLarge("The answer of the MCP server behind this one is larger than " + bytes + " bytes");
    }

    /** What another MCP server says. Fails with TOO_LARGE instead of the part that goes beyond. */
    public Multi<Buffer> bound(Multi<Buffer> parts) {
        long[] passed = new long[1];
        return parts.invoke(part -> {
            passed[0] += part.length();
            if (passed[0] > bytes) {
                throw exceeded();
            }
        });
    }
}
