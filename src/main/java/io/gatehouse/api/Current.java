package io.gatehouse.api;

import java.util.Set;

import io.gatehouse.kernel.Caller;
import io.gatehouse.servers.ServerKey;
import jakarta.enterprise.context.RequestScoped;

/** Who sends the request that is being served, and on which condition. */
@RequestScoped
public class Current {

    private Caller caller;
    private Set<Integer> expected;

    public Caller caller() {
        return caller;
    }

    /** The server that a path names, on the condition of the request's If-Match. */
    public ServerKey key(ServerKey key) {
        return key.of(expected);
    }

    void set(Caller authenticated, String ifMatch) {
        this.caller = authenticated;
        this.expected = EntityTags.expected(ifMatch);
    }
}
