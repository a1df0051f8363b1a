package io.gatehouse.access.people;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Digests of the same kind that take little memory, for the many people of the tests; what the product's own take is proved
 * by {@link PasswordsTest} and by the packaged tests.
 */
@Alternative
@Priority(1)
@Singleton
public class QuickPasswords extends Passwords {

    private static final int MEMORY_KIB = 256;

    /** How they begin. */
    public static final String FORMAT = "$argon2id$v=19$m=256,t=2,p=1$";

    @Inject
    QuickPasswords(Vertx vertx, MeterRegistry meters) {
        super(vertx, meters, MEMORY_KIB);
    }
}
