package io.gatehouse.access.clients;

import java.util.List;
import java.util.function.Function;

import org.hibernate.reactive.mutiny.Mutiny;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for people who may manage. */
@Singleton
class AdministratorStore {

    private static final String SHOWN = """
            select a, u.name, u.email, u.active from AdministratorEntity a join EndUserEntity u on u.id = a.userId
            where a.workspaceId = ?1""";

    /** A row with what is known of its person. */
    record Shown(AdministratorEntity row, String name, String email, boolean active) {

        private static Shown of(Object[] found) {
            return new Shown((AdministratorEntity) found[0], (String) found[1], (String) found[2], (boolean) found[3]);
        }
    }

    Uni<Shown> one(long workspaceId, long userId) {
        return session(s -> s.createSelectionQuery(SHOWN + " and a.userId = ?2", Object[].class)
                .setParameter(1, workspaceId).setParameter(2, userId).getSingleResultOrNull())
                .onItem().ifNotNull().transform(Shown::of);
    }

    Uni<Page<Shown>> page(long workspaceId, Page.Slice slice) {
        return session(s -> s.createSelectionQuery(SHOWN + " order by a.createdAt, a.userId", Object[].class)
                .setParameter(1, workspaceId).setFirstResult(slice.offset()).setMaxResults(slice.limit() + 1)
                .getResultList()).map(found -> slice.of(found.stream().map(Shown::of).toList()));
    }

    /** Whether there is such a person; they stay until the transaction ends. */
    Uni<Boolean> pinPerson(long workspaceId, long userId) {
        return session(s -> s.createNativeQuery(
                "select id from end_user where workspace_id = ?1 and id = ?2 for key share", Long.class)
                .setParameter(1, workspaceId).setParameter(2, userId).getResultList()).map(found -> !found.isEmpty());
    }

    Uni<Void> persist(AdministratorEntity row) {
        return session(s -> s.persist(row).call(s::flush)).replaceWithVoid();
    }

    Uni<Void> delete(AdministratorEntity row) {
        return session(s -> s.remove(row).call(s::flush)).replaceWithVoid();
    }

    Uni<Boolean> haveRole(long roleId) {
        return count(s -> s.createSelectionQuery("select count(*) from AdministratorEntity where role.id = ?1", Long.class)
                .setParameter(1, roleId));
    }

    /** Whether somebody other than this person can sign in who has one of these roles in all projects. */
    Uni<Boolean> haveOneOf(long workspaceId, List<Long> roles, long exceptId) {
        return count(s -> s.createSelectionQuery("""
                select count(*) from AdministratorEntity a join EndUserEntity u on u.id = a.userId
                where a.workspaceId = ?1 and a.role.id in ?2 and a.userId <> ?3 and a.allProjects
                and u.active and u.password is not null""", Long.class)
                .setParameter(1, workspaceId).setParameter(2, roles).setParameter(3, exceptId));
    }

    private static Uni<Boolean> count(Function<Mutiny.Session, Mutiny.SelectionQuery<Long>> query) {
        return session(s -> query.apply(s).getSingleResult()).map(count -> count > 0);
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
