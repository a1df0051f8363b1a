package io.gatehouse.platform.limits;

import java.time.Duration;
import java.time.Instant;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;

/** Limits that the database counts. */
@QuarkusTest
class PostgresLimitsDbTest extends ExactLimits {

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;
    @ConfigProperty(name = "quarkus.datasource.username")
    String username;
    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private PgConnectOptions options() {
        return PgConnectOptions.fromUri(url).setUser(username).setPassword(password).setCachePreparedStatements(true);
    }

    @Override
    int port() {
        return options().getPort();
    }

    @Override
    Engine engine(Vertx vertx, int port, Duration ahead) {
        return new PostgresEngine(vertx, options().setHost("127.0.0.1").setPort(port), PLACES_FOR,
                "(clock_timestamp() + interval '" + ahead.toMillis() + " ms')");
    }

    @Override
    Engine engineAt(Vertx vertx, Instant time) {
        return new PostgresEngine(vertx, options(), PLACES_FOR, "timestamptz '" + time + "'");
    }
}
