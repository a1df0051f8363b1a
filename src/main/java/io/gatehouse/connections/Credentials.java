package io.gatehouse.connections;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The secrets of connections, for the engine. Opened ones are kept in memory until their connection changes, so that a
 * warm call reads nothing from the database.
 */
@Singleton
public class Credentials {

    private static final int MOST_KEPT = 10_000;

    private final ConnectionStore store;
    private final Vault vault;
    private final Cache<Long, Optional<Credential>> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    @Inject
    Credentials(ConnectionStore store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    void listen(@Observes StartupEvent start, Changes changes) {
        changes.listen(topic -> kept.asMap().keySet()
                .removeIf(id -> topic.equals(topic(id)) || topic.equals(Changes.EVERYTHING)));
    }

    /** The credential of a connection; empty when its back end wants none. */
    public Uni<Optional<Credential>> of(long connectionId) {
        Optional<Credential> credential = kept.getIfPresent(connectionId);
        return credential != null ? Uni.createFrom().item(credential) : load(connectionId);
    }

    @WithSession
    Uni<Optional<Credential>> load(long connectionId) {
        return store.findById(connectionId).map(row -> {
            Optional<Credential> credential = credential(row);
            kept.put(connectionId, credential);
            return credential;
        });
    }

    private Optional<Credential> credential(ConnectionEntity row) {
        if (row.sealedSecret == null) {
            return Optional.empty();
        }
        String secret = vault.open(purpose(row.id), row.sealedSecret);
        return Optional.of(switch (row.kind) {
            case API_KEY -> new Credential(row.place, row.parameter, secret);
            case BEARER -> new Credential(Place.HEADER, "Authorization", "Bearer " + secret);
            case BASIC -> new Credential(Place.HEADER, "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
            case NONE -> throw new IllegalStateException("A secret without a kind");
        });
    }

    /** The word of change notices for a connection. */
    public static String topic(long connectionId) {
        return "connection:" + connectionId;
    }

    static String purpose(long connectionId) {
        return "connection:" + connectionId;
    }
}
