package io.gatehouse.platform.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.gatehouse.testing.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/** What is removed of the counts, and what is not. */
@QuarkusTest
class OldCountsDbTest {

    private final String key = "test:" + UUID.randomUUID();

    @Inject
    OldCounts oldCounts;
    @Inject
    Ledger database;

    private void count(String span, String ago) {
        database.update("""
                insert into call_counter select ?, ?, date_trunc(?, clock_timestamp(), 'UTC') - cast(? as interval),
                1, 0, 1, 1, 0""", key, span, span, ago);
    }

    private void hold(String of, int seconds) {
        database.update("""
                insert into call_place select ?, jsonb_build_object('someone',
                jsonb_build_array(1, extract(epoch from clock_timestamp()) + ?, 1)), 1, 1, 1""", key + of, seconds);
    }

    private long rows(String table) {
        return database.count("select count(*) from " + table + " where key like '" + key + "%'");
    }

    @Test
    void removesWindowsThatAreLongOverAndPlacesThatNobodyHas() throws Throwable {
        count("minute", "0 minutes");
        count("minute", "3 hours");
        count("hour", "1 hour");
        count("hour", "50 hours");
        count("month", "11 months");
        count("month", "15 months");
        hold("free", -1);
        hold("held", 60);

        VertxContextSupport.subscribeAndAwait(() -> Uni.createFrom().deferred(oldCounts::remove));

        assertEquals(3, rows("call_counter"));
        assertEquals(1, rows("call_place"));
    }
}
