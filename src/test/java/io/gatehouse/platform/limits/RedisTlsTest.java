package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.gatehouse.testing.SelfSigned;

/** Redis behind a certificate of one's own. */
class RedisTlsTest {

    private static final String PASSWORD = "secret";

    @TempDir
    static Path folder;

    @BeforeAll
    static void look() {
        assumeTrue(RedisServer.binary().isPresent(), "no redis-server is installed");
    }

    /** A server whose certificate is for this name, signed by itself. */
    private static RedisServer server(String name) throws Exception {
        SelfSigned identity = new SelfSigned(folder, name);
        return RedisServer.tls(PASSWORD, Files.writeString(certificate(), identity.certificate()),
                Files.writeString(folder.resolve("key.pem"), identity.key()));
    }

    private static Path certificate() {
        return folder.resolve("certificate.pem");
    }

    private static Replicas replicas(RedisServer server, Path authority) {
        String url = "rediss://:" + PASSWORD + "@127.0.0.1:" + server.port();
        return new Replicas(1, vertx -> new RedisEngine(vertx, RedisEngine.options(url, Duration.ofSeconds(30),
                authority == null ? null : authority.toString()), Duration.ofSeconds(2), "redis.call('TIME')"));
    }

    private static List<Limit> limit(long capacity) {
        return List.of(new Limit(UUID.randomUUID().toString(), Window.MONTH, capacity));
    }

    // P-18
    @Test
    void countsOverTlsWithACertificateOfItsOwn() throws Exception {
        try (RedisServer server = server("ip:127.0.0.1"); Replicas replicas = replicas(server, certificate())) {
            List<Limit> limit = limit(3);

            for (int i = 0; i < 3; i++) {
                assertTrue(replicas.call(0, limit));
            }
            assertFalse(replicas.call(0, limit));
            assertEquals(1, replicas.refused.get());
        }
    }

    @Test
    void tellsNothingToWhomItDoesNotKnow() throws Exception {
        try (RedisServer server = server("ip:127.0.0.1"); Replicas strangers = replicas(server, null)) {
            assertFalse(strangers.call(0, limit(3)));

            assertEquals(1, strangers.unavailable.get());
        }
    }

    @Test
    void tellsNothingToOneOfAnotherName() throws Exception {
        try (RedisServer server = server("dns:other.example"); Replicas replicas = replicas(server, certificate())) {
            assertFalse(replicas.call(0, limit(3)));

            assertEquals(1, replicas.unavailable.get());
        }
    }
}
