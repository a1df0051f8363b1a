package io.gatehouse.connections;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.changes.Kept;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
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
    private final Kept<Long, Loaded> kept;

    @Inject
    Credentials(ConnectionStore store, Vault vault, Changes changes) {
        this.store = store;
        this.vault = vault;
        this.kept = new Kept<>(changes, MOST_KEPT, loaded -> 1, loaded -> Set.of(topic(loaded.connectionId())), this::load);
    }

    private record Loaded(long connectionId, Optional<Credential> credential) {
    }

    /** The credential of a connection; empty when its back end wants none. */
    public Uni<Optional<Credential>> of(long connectionId) {
        return kept.get(connectionId).map(Loaded::credential);
    }

    private Uni<Loaded> load(long connectionId) {
        return Panache.withSession(() -> store.findById(connectionId)).onItem().ifNull()
                .failWith(() -> Problem.notFound("The connection"))
                .map(row -> new Loaded(row.id, credential(row)));
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
