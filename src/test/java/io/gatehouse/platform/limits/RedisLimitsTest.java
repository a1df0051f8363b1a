package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.vertx.core.Vertx;

/** Limits that Redis counts. */
class RedisLimitsTest extends ExactLimits {

    private static final String PASSWORD = "secret";
    private static RedisServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(RedisServer.binary().isPresent(), "no redis-server is installed");
        server = new RedisServer(PASSWORD);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Engine engine(Vertx vertx, int port, String now) {
        return new RedisEngine(vertx, RedisEngine.options("redis://:" + PASSWORD + "@127.0.0.1:" + port,
                Duration.ofSeconds(30), null), PLACES_FOR, now);
    }

    @Override
    int port() {
        return server.port();
    }

    @Override
    Engine engine(Vertx vertx, int port, Duration ahead) {
        return engine(vertx, port, """
                (function()
                  local t = redis.call('TIME')
                  local micros = t[2] + %d
                  return { t[1] + math.floor(micros / 1000000), micros %% 1000000 }
                end)()""".formatted(ahead.toMillis() * 1_000));
    }

    @Override
    Engine engineAt(Vertx vertx, Instant time) {
        return engine(vertx, port(), "{ %d, %d }".formatted(time.getEpochSecond(), time.getNano() / 1_000));
    }
}
