package io.gatehouse;

import io.gatehouse.platform.secrets.SealedColumns;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;

/** Ends an exchange of the master key: afterwards the old one is needed no more. */
class Reseal implements QuarkusApplication {

    private final SealedColumns columns;

    @Inject
    Reseal(SealedColumns columns) {
        this.columns = columns;
    }

    @Override
    public int run(String... args) throws Exception {
        try {
            SealedColumns.Outcome outcome = VertxContextSupport.subscribeAndAwait(columns::reseal);
            System.out.println(outcome.resealed() + " secrets are sealed anew, " + outcome.sealed()
                    + " are sealed under the master key, and " + outcome.unreadable() + " can be opened by no key given.");
            return outcome.unreadable() == 0 ? 0 : 1;
        } catch (Throwable e) {
            throw new IllegalStateException("The secrets could not be sealed anew", e);
        }
    }
}
