package io.gatehouse.platform.limits;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Makes the engines: Redis where there is one, else the database. */
@Singleton
class Engines {

    private static final Duration PLACES_FOR = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final PgConnectOptions database;
    private final Optional<RedisOptions> redis;
    private final Desk.Patience patience;

    @Inject
    Engines(Vertx vertx, @ConfigProperty(name = "gatehouse.redis.url") Optional<String> redis,
            @ConfigProperty(name = "gatehouse.redis.ca-certificate") Optional<String> authority,
            @ConfigProperty(name = "gatehouse.limits.engine-timeout", defaultValue = "2s") Duration timeout,
            @ConfigProperty(name = "gatehouse.limits.most-waiting", defaultValue = "10000") int mostWaiting,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String username,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.vertx = vertx;
        authority.map(Path::of).filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new IllegalArgumentException("gatehouse.redis.ca-certificate is no file that can be read: " + file);
        });
        this.redis = redis.map(Engines::checked).map(valid -> RedisEngine.options(valid, timeout, authority.orElse(null)));
        this.patience = new Desk.Patience(timeout, mostWaiting);
        this.database = PgConnectOptions.fromUri(url).setUser(username).setPassword(password)
                .setCachePreparedStatements(true);
        database.setConnectTimeout((int) timeout.toMillis());
    }

    /** Says no more than that, for the URL may hold a password. */
    private static String checked(String url) {
        if (!url.matches("rediss?://[^/]+(/\\d+)?")) {
            throw new IllegalArgumentException(
                    "gatehouse.redis.url is not of the form redis[s]://[[user]:password@]host[:port][/number]");
        }
        return url;
    }

    /** What operators know the engine by. */
    String name() {
        return redis.isPresent() ? "redis" : "postgresql";
    }

    /** One with a connection of its own. */
    Engine create() {
        return redis.<Engine> map(options -> new RedisEngine(vertx, options, PLACES_FOR, "redis.call('TIME')"))
                .orElseGet(() -> new PostgresEngine(vertx, database, PLACES_FOR, "clock_timestamp()"));
    }

    Desk.Patience patience() {
        return patience;
    }
}
