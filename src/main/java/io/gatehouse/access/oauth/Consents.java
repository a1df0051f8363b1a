package io.gatehouse.access.oauth;

import java.time.Clock;
import java.util.Set;

import io.gatehouse.access.people.EndUser;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * What people agreed to before. It is remembered only of an application whose answers go to a web page: any other program on
 * a person's machine can take itself for one whose answers go there (RFC 8252, section 8.6). Nor is it of management, about
 * which people are asked each time.
 */
@Singleton
class Consents {

    private final Clock clock;

    @Inject
    Consents(Clock clock) {
        this.clock = clock;
    }

    @WithSession
    Uni<Boolean> cover(EndUser person, Asked asked) {
        if (asked.resource().isManagement()) {
            return Uni.createFrom().item(false);
        }
        return Panache.getSession().chain(session -> session.createNativeQuery("""
                select scope from oauth_consent
                where user_id = ?1 and server_id = ?2 and client_id = ?3 and redirect_uri = ?4 and epoch = ?5""", String.class)
                .setParameter(5, person.epoch()).setParameter(1, person.id()).setParameter(2, asked.resource().serverId())
                .setParameter(3, asked.client().id()).setParameter(4, asked.redirectUri()).getSingleResultOrNull())
                .map(scope -> scope != null && Scopes.parse(scope).containsAll(asked.scopes()));
    }

    @WithTransaction
    Uni<Void> remember(EndUser person, Asked asked, Set<String> scopes) {
        if (asked.resource().isManagement() || !asked.redirectUri().startsWith("https://")) {
            return Uni.createFrom().voidItem();
        }
        return Panache.getSession().chain(session -> session.createNativeQuery("""
                insert into oauth_consent (user_id, server_id, client_id, redirect_uri, scope, agreed_at, epoch)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                on conflict (user_id, server_id, client_id, redirect_uri)
                do update set scope = excluded.scope, agreed_at = excluded.agreed_at, epoch = excluded.epoch""")
                .setParameter(7, person.epoch()).setParameter(1, person.id()).setParameter(2, asked.resource().serverId())
                .setParameter(3, asked.client().id()).setParameter(4, asked.redirectUri())
                .setParameter(5, Scopes.format(scopes)).setParameter(6, clock.instant()).executeUpdate())
                .replaceWithVoid();
    }
}
