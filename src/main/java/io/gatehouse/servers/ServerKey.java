package io.gatehouse.servers;

import java.util.Set;

import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PlanSource;

/**
 * Names one server by the key of either dialect, and says what the caller takes it to be.
 *
 * @param versions one of which the server must have for a write to go on; null for whichever
 */
public record ServerKey(Kind kind, String value, Set<Integer> versions) {

    /** What a server can be named by. */
    public enum Kind {
        HANDLE,
        OBJECT_ID
    }

    /** @throws Problem NOT_FOUND for what can't be a handle */
    public static ServerKey handle(String handle) {
        if (!PlanSource.isHandle(handle)) {
            throw notFound();
        }
        return new ServerKey(Kind.HANDLE, handle, null);
    }

    /** @throws Problem NOT_FOUND for what can't be an id */
    public static ServerKey objectId(String id) {
        if (!ObjectId.isOne(id)) {
            throw notFound();
        }
        return new ServerKey(Kind.OBJECT_ID, id, null);
    }

    public ServerKey of(Set<Integer> expected) {
        return new ServerKey(kind, value, expected);
    }

    static Problem notFound() {
        return Problem.notFound("MCP server");
    }
}
