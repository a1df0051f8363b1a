package io.gatehouse.access.people;

import java.util.function.Function;

import org.hibernate.reactive.mutiny.Mutiny;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for who people are at issuers. */
@Singleton
class Identities {

    /** What makes a person one at an issuer. */
    static final String UNIQUE_USER = "end_user_identity_user";

    /**
     * Somebody at an issuer.
     *
     * @param userId null for one who was deleted here
     */
    record Identity(Long userId) {
    }

    /** Null for one who has never been here. */
    Uni<Identity> find(long workspaceId, Profile profile) {
        return session(s -> s.createNativeQuery("""
                select coalesce(user_id, 0) from end_user_identity
                where workspace_id = ?1 and issuer = ?2 and subject = ?3""", Long.class)
                .setParameter(1, workspaceId).setParameter(2, profile.issuer()).setParameter(3, profile.subject())
                .getSingleResultOrNull()).map(id -> id == null ? null : new Identity(id == 0 ? null : id));
    }

    /** Whether the person is somebody at this issuer. */
    Uni<Boolean> exists(long userId, String issuer) {
        return session(s -> s.createNativeQuery("""
                select count(*) from end_user_identity where user_id = ?1 and issuer = ?2""", Long.class)
                .setParameter(1, userId).setParameter(2, issuer).getSingleResult()).map(count -> count > 0);
    }

    /** Makes them the same; false where another has come first. */
    Uni<Boolean> link(long workspaceId, Profile profile, long userId) {
        return session(s -> s.createNativeQuery("""
                insert into end_user_identity as known (workspace_id, issuer, subject, user_id) values (?1, ?2, ?3, ?4)
                on conflict (workspace_id, issuer, subject) do update set user_id = excluded.user_id
                where known.user_id is null""")
                .setParameter(1, workspaceId).setParameter(2, profile.issuer()).setParameter(3, profile.subject())
                .setParameter(4, userId).executeUpdate()).map(rows -> rows == 1);
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
