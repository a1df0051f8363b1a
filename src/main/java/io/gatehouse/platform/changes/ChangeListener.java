package io.gatehouse.platform.changes;

import java.time.Duration;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Hears the notices of all replicas on a database connection of its own, which also carries the heartbeat, so that no busy
 * pool delays it and no half-dead connection goes unnoticed. While the connection is lost, notices are lost too: so
 * everything is stale when it breaks and again when it is back.
 */
@Singleton
class ChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final String RENEW = """
            with renewed as (insert into replica (id, seen_at) values ($1, clock_timestamp())
                on conflict (id) do update set seen_at = excluded.seen_at),
            forgotten as (delete from replica where seen_at < clock_timestamp() - interval '1 hour')
            select pg_notify($2, $3)""";

    private final Vertx vertx;
    private final Changes changes;
    private final Replica replica;
    private final PgSubscriber subscriber;
    private volatile boolean listening;

    @Inject
    ChangeListener(Vertx vertx, Changes changes, Replica replica,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String username,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.vertx = vertx;
        this.changes = changes;
        this.replica = replica;
        this.subscriber = PgSubscriber.subscriber(vertx,
                PgConnectOptions.fromUri(url).setUser(username).setPassword(password));
    }

    void start(@Observes StartupEvent start) {
        subscriber.reconnectPolicy(retries -> {
            lost();
            return RETRY.toMillis();
        });
        subscriber.channel(Changes.CHANNEL).subscribeHandler(this::heardAgain).handler(changes::heard);
        connect();
        vertx.setPeriodic(Replica.RENEWAL.toMillis(), timer -> beat());
    }

    /** For the first time: the subscriber tries again by itself only what it had. */
    private void connect() {
        subscriber.connect().onFailure(failure -> {
            if (subscriber.actualConnection() == null) {
                LOG.debug("Changes can't be heard yet", failure);
                subscriber.close();
                vertx.setTimer(RETRY.toMillis(), again -> connect());
            }
        });
    }

    private void lost() {
        if (listening) {
            LOG.warn("Lost the connection that hears of changes; nothing kept in memory is trusted until it is back");
        }
        listening = false;
        replica.distrust();
        changes.heard(Changes.EVERYTHING);
    }

    private void heardAgain(Void subscribed) {
        LOG.info("Hearing of changes");
        replica.distrust();
        listening = true;
        changes.heard(Changes.EVERYTHING);
        beat();
    }

    private void beat() {
        SqlConnection connection = subscriber.actualConnection();
        if (!listening || connection == null) {
            return;
        }
        if (replica.silence().compareTo(Replica.COUNTED) > 0) {
            LOG.warn("The connection that hears of changes is silent; nothing kept in memory is trusted until it is made anew");
            // Said once, though a process that stood still has many of these to catch up with
            listening = false;
            connection.close();
            return;
        }
        connection.preparedQuery(RENEW).execute(Tuple.of(replica.id(), Changes.CHANNEL, replica.heartbeat()))
                .onFailure(failure -> LOG.debug("A heartbeat failed", failure));
    }

    void stop(@Observes ShutdownEvent stop) {
        listening = false;
        replica.distrust();
        SqlConnection connection = subscriber.actualConnection();
        if (connection != null) {
            connection.preparedQuery("delete from replica where id = $1").execute(Tuple.of(replica.id()))
                    .onComplete(left -> subscriber.close());
        }
    }
}
