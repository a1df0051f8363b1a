package io.gatehouse.platform.database;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;

/** Makes the pool of connections so that nobody waits for one for ever, for a database may be silent rather than gone. */
@Singleton
class BoundedWait implements PgPoolCreator {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(options -> options.setConnectTimeout((int) LONGEST.toMillis()));
        return PgBuilder.pool().using(input.vertx()).connectingTo(List.<SqlConnectOptions> copyOf(input.pgConnectOptionsList()))
                .with(input.poolOptions().setConnectionTimeout((int) LONGEST.toSeconds())
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .build();
    }
}
