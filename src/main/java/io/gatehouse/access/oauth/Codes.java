package io.gatehouse.access.oauth;

import java.time.Clock;
import java.time.Duration;

import io.gatehouse.access.people.EndUser;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Authorization codes. */
@Singleton
class Codes {

    /** RFC 6749, section 4.1.2, has ten minutes at most; no client needs more than a moment. */
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private final GrantStore store;
    private final OAuthClients clients;
    private final Clock clock;

    @Inject
    Codes(GrantStore store, OAuthClients clients, Clock clock) {
        this.store = store;
        this.clients = clients;
        this.clock = clock;
    }

    /** A fresh code for what a person agreed to. */
    @WithTransaction
    Uni<String> issue(EndUser person, Asked asked) {
        String code = Secrets.create(Secrets.CODE);
        CodeEntity row = new CodeEntity();
        row.digest = Secrets.digest(code);
        row.workspaceId = asked.resource().workspaceId();
        row.userId = person.id();
        row.epoch = person.epoch();
        row.serverId = asked.resource().serverId();
        row.clientId = asked.client().id();
        row.clientName = asked.client().name();
        row.redirectUri = asked.redirectUri();
        row.redirectUriSent = asked.redirectUriSent();
        row.challenge = asked.challenge();
        row.resource = asked.resource().url();
        row.scope = Scopes.format(asked.scopes());
        row.expiresAt = clock.instant().plus(LIFETIME);
        return clients.letIn(asked.client()).chain(() -> store.persist(row)).replaceWith(code);
    }
}
