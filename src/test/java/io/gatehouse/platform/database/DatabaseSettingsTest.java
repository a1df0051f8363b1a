package io.gatehouse.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One URL for both drivers. */
class DatabaseSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = { "postgresql://me:p%40ss:w@db:5433/gatehouse?sslmode=require",
            "postgres://me:p%40ss:w@db:5433/gatehouse?sslmode=require",
            "jdbc:postgresql://me:p%40ss:w@db:5433/gatehouse?sslmode=require" })
    void givesEachDriverItsUrl(String url) {
        assertEquals(Map.of("quarkus.datasource.reactive.url", "postgresql://db:5433/gatehouse?sslmode=require",
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://db:5433/gatehouse?sslmode=require",
                "quarkus.datasource.username", "me", "quarkus.datasource.password", "p@ss:w"),
                DatabaseSettings.of(url));
    }

    @Test
    void leavesUserAndPasswordToOthersWhereTheUrlHasNone() {
        assertFalse(DatabaseSettings.of("postgresql://db/gatehouse").containsKey("quarkus.datasource.username"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "mysql://db/x", "postgresql:///x", "postgresql://db", "postgresql://u:secret@ bad/x", "x" })
    void refusesOtherUrlsWithoutShowingThem(String url) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> DatabaseSettings.of(url));

        assertEquals("not of the form postgresql://user:password@host:port/database", refused.getMessage());
    }
}
