package io.gatehouse.access.oauth;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;

import io.gatehouse.access.oauth.documents.ClientDocument;
import io.gatehouse.access.oauth.documents.ClientDocuments;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.database.StoredJson;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the applications that people may let in. Registration lets nobody in: a person still has to agree. */
@Singleton
public class OAuthClients implements PanacheRepositoryBase<OAuthClientEntity, String> {

    private static final List<ClientAuthenticationMethod> WITH_SECRET = List
            .of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST);
    private static final int LONGEST_NAME = 200;

    private final ClientDocuments documents;
    private final RedirectUris redirectUris;
    private final Clock clock;

    @Inject
    OAuthClients(ClientDocuments documents, RedirectUris redirectUris, Clock clock) {
        this.documents = documents;
        this.redirectUris = redirectUris;
        this.clock = clock;
    }

    /** @param secret shown only now; null for none */
    record Registered(OAuthClient client, String secret, Instant at) {

        @Override
        public String toString() {
            return client.id();
        }
    }

    /** Fails with INVALID. */
    @WithTransaction
    Uni<Registered> register(ClientMetadata wish) {
        List<String> uris = wish.getRedirectionURIStrings() == null ? List.of()
                : List.copyOf(wish.getRedirectionURIStrings());
        redirectUris.check(uris);
        ClientAuthenticationMethod authentication = wish.getTokenEndpointAuthMethod() == null
                ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                : wish.getTokenEndpointAuthMethod();
        boolean hasSecret = WITH_SECRET.contains(authentication);
        if (!hasSecret && !authentication.equals(ClientAuthenticationMethod.NONE)) {
            throw Problem.invalid("invalid_client_metadata",
                    "token_endpoint_auth_method: none, client_secret_basic or client_secret_post");
        }
        String secret = hasSecret ? Secrets.create(Secrets.CLIENT_SECRET) : null;
        OAuthClientEntity row = new OAuthClientEntity();
        row.id = UUID.randomUUID().toString();
        row.name = name(wish, uris);
        row.redirectUris = StoredJson.write(uris);
        row.authentication = authentication.getValue();
        row.secretDigest = secret == null ? null : Secrets.digest(secret);
        row.createdAt = clock.instant();
        return persist(row).map(kept -> new Registered(kept.toClient(), secret, kept.createdAt));
    }

    /** What people are shown: they must be able to tell one application from another, also where it has no name. */
    private static String name(ClientMetadata wish, List<String> uris) {
        String name;
        try {
            name = Text.bounded("client_name", wish.getName(), LONGEST_NAME);
        } catch (Problem e) {
            throw Problem.invalid("invalid_client_metadata", e.getMessage());
        }
        return name == null || name.isBlank() ? uris.get(0).substring(0, Math.min(uris.get(0).length(), LONGEST_NAME))
                : name.strip();
    }

    /** One that asks people: described by its document as it is now, or else registered; null when there is none. */
    Uni<OAuthClient> asking(String id) {
        return ClientDocuments.isNamed(id) ? documents.get(id).map(this::described) : Panache.withSession(() -> find(id));
    }

    private OAuthClient described(ClientDocument document) {
        redirectUris.check(document.redirectUris());
        return new OAuthClient(document.id(), document.name(), document.redirectUris(), ClientAuthenticationMethod.NONE,
                null);
    }

    /** One that registered, or that people have let in before; null when there is none. */
    @WithSession
    Uni<OAuthClient> find(String id) {
        return findById(id).onItem().ifNotNull().transform(OAuthClientEntity::toClient);
    }

    /** Notes that a person lets it in, with what its document says by now. In the caller's transaction. */
    Uni<Void> letIn(OAuthClient client) {
        return (ClientDocuments.isNamed(client.id()) ? keep(client) : Uni.createFrom().voidItem())
                .chain(() -> update("usedAt = ?1 where id = ?2", clock.instant(), client.id())).replaceWithVoid();
    }

    private Uni<Void> keep(OAuthClient client) {
        return getSession().chain(session -> session.createNativeQuery("""
                insert into oauth_client (id, name, redirect_uris, authentication, created_at) values (?1, ?2, ?3, ?4, ?5)
                on conflict (id) do update set name = excluded.name, redirect_uris = excluded.redirect_uris""")
                .setParameter(1, client.id()).setParameter(2, client.name())
                .setParameter(3, StoredJson.write(client.redirectUris()))
                .setParameter(4, client.authentication().getValue()).setParameter(5, clock.instant()).executeUpdate())
                .replaceWithVoid();
    }
}
