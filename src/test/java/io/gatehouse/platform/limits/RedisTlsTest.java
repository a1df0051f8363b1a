package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        Path file = folder.resolve(UUID.randomUUID() + ".p12");
        Process made = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias", "a",
                "-keyalg", "EC", "-dname", "CN=x", "-ext", "san=" + name, "-storetype", "PKCS12", "-keystore", file.toString(),
                "-storepass", PASSWORD).redirectErrorStream(true).start();
        made.getInputStream().readAllBytes();
        assertEquals(0, made.waitFor());
        KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        pem("CERTIFICATE", keys.getCertificate("a").getEncoded(), certificate());
        pem("PRIVATE KEY", keys.getKey("a", PASSWORD.toCharArray()).getEncoded(), folder.resolve("key.pem"));
        return RedisServer.tls(PASSWORD, certificate(), folder.resolve("key.pem"));
    }

    private static Path certificate() {
        return folder.resolve("certificate.pem");
    }

    private static void pem(String kind, byte[] content, Path file) throws IOException {
        Files.writeString(file,
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    private static Replicas replicas(RedisServer server, Path authority) {
        String url = "rediss://:" + PASSWORD + "@127.0.0.1:" + server.port();
        return new Replicas(1, vertx -> new RedisEngine(vertx, RedisEngine.options(url, Duration.ofSeconds(2),
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
