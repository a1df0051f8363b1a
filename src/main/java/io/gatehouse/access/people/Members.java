package io.gatehouse.access.people;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.hibernate.reactive.mutiny.Mutiny;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for who is in which group. */
@Singleton
class Members {

    /** By hand, whatever the provider claims. @return those who were not in the group before, or by a claim only */
    Uni<List<Long>> add(long groupId, Collection<Long> userIds) {
        return ids("""
                insert into user_group_member (group_id, user_id)
                select :group, id from end_user where id in (:users) order by id
                on conflict (group_id, user_id) do update set claimed = false where user_group_member.claimed
                returning user_id""", groupId, userIds);
    }

    /** @return those who were not in the group before */
    Uni<List<Long>> claim(long groupId, Collection<Long> userIds) {
        return ids("""
                insert into user_group_member (group_id, user_id, claimed)
                select :group, id, true from end_user where id in (:users)
                on conflict do nothing returning user_id""", groupId, userIds);
    }

    /** @return those who were in the group by a claim before */
    Uni<List<Long>> disclaim(long groupId, Collection<Long> userIds) {
        return ids("""
                delete from user_group_member where group_id = :group and user_id in (:users) and claimed
                returning user_id""", groupId, userIds);
    }

    /** @return those who were in the group before */
    Uni<List<Long>> remove(long groupId, Collection<Long> userIds) {
        return ids("delete from user_group_member where group_id = :group and user_id in (:users) returning user_id",
                groupId, userIds);
    }

    private static Uni<List<Long>> ids(String sql, long groupId, Collection<Long> userIds) {
        return userIds.isEmpty() ? Uni.createFrom().item(List.of())
                : session(s -> s.createNativeQuery(sql, Long.class).setParameter("group", groupId)
                        .setParameter("users", userIds).getResultList())
                        .map(ids -> ids.stream().sorted().toList());
    }

    Uni<Page<EndUserEntity>> page(long groupId, Page.Slice slice) {
        return session(s -> s.createNativeQuery("""
                select u.* from end_user u join user_group_member m on m.user_id = u.id
                where m.group_id = ?1 order by u.created_at, u.id limit ?2 offset ?3""", EndUserEntity.class)
                .setParameter(1, groupId).setParameter(2, slice.limit() + 1).setParameter(3, slice.offset())
                .getResultList()).map(slice::of);
    }

    /** How many are in each of these groups that has any. */
    Uni<Map<Long, Long>> counts(Collection<Long> groupIds) {
        return groupIds.isEmpty() ? Uni.createFrom().item(Map.of())
                : session(s -> s.createNativeQuery("""
                        select group_id, count(*) from user_group_member where group_id in (:groups) group by group_id""",
                        Object[].class).setParameter("groups", groupIds).getResultList())
                        .map(rows -> rows.stream().collect(Collectors.toMap(row -> number(row[0]), row -> number(row[1]))));
    }

    /** The groups of each of these people who is in any. */
    Uni<Map<Long, List<Long>>> groups(Collection<Long> userIds) {
        return userIds.isEmpty() ? Uni.createFrom().item(Map.of())
                : session(s -> s.createNativeQuery("""
                        select user_id, group_id from user_group_member where user_id in (:users) order by group_id""",
                        Object[].class).setParameter("users", userIds).getResultList())
                        .map(rows -> rows.stream().collect(Collectors.groupingBy(row -> number(row[0]),
                                Collectors.mapping(row -> number(row[1]), Collectors.toList()))));
    }

    private static Long number(Object value) {
        return ((Number) value).longValue();
    }

    private static <T> Uni<T> session(Function<Mutiny.Session, Uni<? extends T>> work) {
        return Panache.getSession().chain(work);
    }
}
