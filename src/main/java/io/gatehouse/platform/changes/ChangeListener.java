package io.gatehouse.platform.changes;

import java.time.Duration;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Hears the notices of all replicas on a database connection of its own. While that is lost, notices are lost too: so
 * everything is stale when it breaks and again when it is back.
 */
@Singleton
class ChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final Duration RETRY = Duration.ofMillis(500);

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
        subscriber.connect();
        vertx.setPeriodic(Replica.RENEWAL.toMillis(), timer -> renew());
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
        listening = true;
        changes.heard(Changes.EVERYTHING);
        renew();
    }

    private void renew() {
        if (listening) {
            replica.renew().subscribe().with(done -> {
            }, failure -> LOG.debug("Can't renew this replica's row", failure));
        }
    }

    void stop(@Observes ShutdownEvent stop) {
        listening = false;
        subscriber.close();
        replica.leave().subscribe().with(done -> {
        }, failure -> LOG.debug("Left without a word", failure));
    }
}
