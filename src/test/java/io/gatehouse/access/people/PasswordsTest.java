package io.gatehouse.access.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.kernel.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

class PasswordsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Passwords passwords = new Passwords(vertx, new SimpleMeterRegistry());

    @AfterEach
    void close() {
        passwords.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String digest(String password) {
        return passwords.digest(password).subscribeAsCompletionStage().join();
    }

    private boolean match(String password, String digest) {
        return passwords.match(password, digest).subscribeAsCompletionStage().join();
    }

    @Test
    void knowsAPasswordByItsDigest() {
        String digest = digest("correct horse");

        assertTrue(match("correct horse", digest));
        assertFalse(match("correct horsf", digest));
        assertFalse(match("", digest));
        assertFalse(match("correct horse", null));
        assertNotEquals(digest, digest("correct horse"));
        assertTrue(digest.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
        assertFalse(passwords.isOld(digest));
        assertTrue(passwords.isOld(digest.replace("t=2", "t=1")));
    }

    @Test
    void refusesMoreThanMayWait() {
        CountDownLatch allCame = new CountDownLatch(1);
        keepBusy(allCame);
        List<CompletableFuture<String>> all = Stream.generate(() -> passwords.digest("correct horse")
                .subscribeAsCompletionStage()).limit(40).toList();
        allCame.countDown();

        assertEquals(6, all.stream().filter(PasswordsTest::isUnavailable).count());
        assertTrue(match("correct horse", digest("correct horse")));
    }

    /** Both threads that make digests, so that none is made before all came who want one. */
    private void keepBusy(CountDownLatch until) {
        WorkerExecutor threads = vertx.createSharedWorkerExecutor("gatehouse-passwords", 2);
        for (int i = 0; i < 2; i++) {
            threads.executeBlocking(() -> {
                until.await();
                return null;
            }, false);
        }
    }

    private static boolean isUnavailable(CompletableFuture<String> digest) {
        try {
            digest.join();
            return false;
        } catch (CompletionException e) {
            return e.getCause() instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE;
        }
    }
}
