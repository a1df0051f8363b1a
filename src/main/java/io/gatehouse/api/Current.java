package io.gatehouse.api;

import io.gatehouse.kernel.Caller;
import jakarta.enterprise.context.RequestScoped;

/** Who sends the request that is being served. */
@RequestScoped
public class Current {

    private Caller caller;

    public Caller caller() {
        return caller;
    }

    void set(Caller authenticated) {
        this.caller = authenticated;
    }
}
