package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which engine counts. */
class EnginesTest {

    static Engines engines(String redis) {
        return new Engines(null, Optional.ofNullable(redis), Optional.empty(), Duration.ofSeconds(2), 10,
                "postgresql://localhost/one", "user",
                "password");
    }

    @Test
    void countsInTheDatabaseUnlessThereIsRedis() {
        assertEquals("postgresql", engines(null).name());
        assertInstanceOf(PostgresEngine.class, engines(null).create());
    }

    @ParameterizedTest
    @ValueSource(strings = { "redis://localhost", "redis://:secret@redis:6379", "rediss://user:secret@redis.example/1" })
    void countsInRedisWhereItIs(String url) {
        assertEquals("redis", engines(url).name());
        assertInstanceOf(RedisEngine.class, engines(url).create());
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost:6379", "http://:secret@redis", "redis://", "redis://:secret@redis/first" })
    void startsWithNoOtherUrlAndDoesNotShowIt(String url) {
        String message = assertThrows(IllegalArgumentException.class, () -> engines(url)).getMessage();

        assertFalse(message.contains("secret"), message);
    }
}
