package io.gatehouse.access.people;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Digests of passwords: Argon2id as OWASP advises, in the PHC format. Each takes much time and memory, so that few are made
 * at once, on threads of their own, and few may wait.
 */
@Singleton
class Passwords {

    static final int SHORTEST = 12;
    static final int LONGEST = 256;

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int DIGEST_BYTES = 32;

    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 32;

    private final Argon2Function function;
    /** How a digest of today begins. */
    private final String format;
    /** What fits nobody's password but takes as long to find out. */
    private final String nobodys;
    private final AtomicInteger underWay = new AtomicInteger();
    private final WorkerExecutor executor;
    private final Timer timer;

    @Inject
    Passwords(Vertx vertx, MeterRegistry meters) {
        this(vertx, meters, MEMORY_KIB);
    }

    Passwords(Vertx vertx, MeterRegistry meters, int memoryKib) {
        this.function = Argon2Function.getInstance(memoryKib, ITERATIONS, LANES, DIGEST_BYTES, Argon2.ID);
        this.format = "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(memoryKib, ITERATIONS, LANES);
        this.nobodys = format + random(SALT_BYTES) + "$" + random(DIGEST_BYTES);
        this.executor = vertx.createSharedWorkerExecutor("gatehouse-passwords", AT_ONCE);
        this.timer = meters.timer("gatehouse.password.digests");
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }

    /** @throws Problem INVALID, with words for the person, when it can't be the person's password */
    static void requireGood(String password, EndUserEntity person) {
        String text = normal(password);
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST) {
            throw unfit("minlength", "Choose a password of at least " + SHORTEST + " characters");
        }
        if (length > LONGEST) {
            throw unfit("maxlength", "Choose a password of at most " + LONGEST + " characters");
        }
        if (text.equalsIgnoreCase(normal(person.email)) || text.equalsIgnoreCase(normal(person.name))) {
            throw unfit("invalid_field_value", "Choose a password that is neither your name nor your e-mail address");
        }
    }

    private static Problem unfit(String code, String message) {
        return Problem.invalidField("password", code, message);
    }

    Uni<String> digest(String password) {
        return run(() -> Password.hash(normal(password)).addRandomSalt(SALT_BYTES).with(function).getResult());
    }

    /** @param digest null for none, which takes as long */
    Uni<Boolean> match(String password, String digest) {
        return digest == null ? match(password, nobodys)
                : run(() -> Password.check(normal(password), digest).with(Argon2Function.getInstanceFromHash(digest)));
    }

    /** Whether the digest is to be made anew, since today's are made in another way. */
    boolean isOld(String digest) {
        return !digest.startsWith(format);
    }

    /** One text for all the ways that keyboards write the same. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> Uni<T> run(Callable<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (underWay.incrementAndGet() > AT_ONCE + MOST_WAITING) {
                underWay.decrementAndGet();
                throw Problem.unavailable("Too many people are signing in right now; try again in a moment", null);
            }
            return Uni.createFrom()
                    .completionStage(() -> executor.executeBlocking(() -> timer.recordCallable(work), false)
                            .toCompletionStage())
                    .onTermination().invoke(underWay::decrementAndGet);
        });
    }

    @PreDestroy
    void close() {
        executor.close();
    }
}
