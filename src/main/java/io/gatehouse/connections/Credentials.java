package io.gatehouse.connections;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

import io.gatehouse.connections.Scheme.Kind;
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
 * The secrets of connections, for the engine. Opened ones are kept in memory until their connection changes, and so are
 * access tokens while they are good, so that a warm call reads nothing from the database and asks nobody.
 */
@Singleton
public class Credentials {

    private static final int MOST_KEPT = 10_000;

    private final ConnectionStore store;
    private final Vault vault;
    private final AccessTokens tokens;
    private final Kept<Long, Loaded> kept;

    @Inject
    Credentials(ConnectionStore store, Vault vault, AccessTokens tokens, Changes changes) {
        this.store = store;
        this.vault = vault;
        this.tokens = tokens;
        this.kept = new Kept<>("credentials", changes, MOST_KEPT, loaded -> 1, loaded -> Set.of(topic(loaded.connectionId())),
                this::load);
    }

    /** @param login null where the credential itself is kept */
    private record Loaded(long connectionId, Optional<Credential> credential, ClientLogin login) {
    }

    /**
     * The credential of a connection; empty when its back end wants none. Fails with UPSTREAM where it is an access token
     * that can't be had.
     */
    public Uni<Optional<Credential>> of(long connectionId) {
        return kept.get(connectionId).chain(loaded -> loaded.login() == null
                ? Uni.createFrom().item(loaded.credential())
                : tokens.of(loaded.login()).map(Optional::of));
    }

    /**
     * Another credential in the place of one that the back end refused with 401; empty where there is no other, or none
     * to be hoped for. Who asks tries once more with it, and not again.
     */
    public Uni<Optional<Credential>> renewed(long connectionId, Credential refused) {
        return kept.get(connectionId).chain(loaded -> loaded.login() == null || !tokens.drop(loaded.login(), refused)
                ? Uni.createFrom().item(Optional.empty())
                : tokens.of(loaded.login()).map(Optional::of));
    }

    private Uni<Loaded> load(long connectionId) {
        return Panache.withSession(() -> store.findById(connectionId)).onItem().ifNull()
                .failWith(() -> Problem.notFound("The connection"))
                .map(row -> row.kind == Kind.CLIENT_CREDENTIALS
                        ? new Loaded(row.id, Optional.empty(), new ClientLogin(row.id, row.version, row.name,
                                row.grant(), vault.open(purpose(row.id), row.sealedSecret)))
                        : new Loaded(row.id, credential(row), null));
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
            case NONE, CLIENT_CREDENTIALS -> throw new IllegalStateException("No secret to show");
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
