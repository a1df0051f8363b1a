package io.gatehouse.access.people;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.changes.Changes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Puts people into groups and takes them out, with the record and the notice of what really changed. */
@Singleton
class Memberships {

    private final Members members;
    private final Audit audit;
    private final Changes changes;

    @Inject
    Memberships(Members members, Audit audit, Changes changes) {
        this.members = members;
        this.audit = audit;
        this.changes = changes;
    }

    /** Groups and people are in every project: a client that is kept to some may not decide on them. */
    static void requireEditor(Caller caller) {
        caller.require(Permission.EDIT_USERS);
        caller.requireWholeWorkspace();
    }

    /** @throws Problem INVALID that names the first of the ids that is not known */
    static void requireKnown(String field, List<Long> ids, Set<Long> known, String what) {
        for (int i = 0; i < ids.size(); i++) {
            if (!known.contains(ids.get(i))) {
                String element = field + "." + i;
                throw Problem.invalidField(element, "invalid_ref", element + ": no such " + what);
            }
        }
    }

    Uni<Void> add(Caller caller, List<UserGroupEntity> groups, Collection<Long> userIds) {
        return each(groups, group -> members.add(group.id, userIds)
                .chain(added -> note(caller, group, "members_added", added, Map.of(), Map.of("user_ids", added))));
    }

    Uni<Void> remove(Caller caller, List<UserGroupEntity> groups, Collection<Long> userIds) {
        return each(groups, group -> members.remove(group.id, userIds)
                .chain(gone -> note(caller, group, "members_removed", gone, Map.of("user_ids", gone), Map.of())));
    }

    /**
     * Makes what the provider claims true, and leaves alone what was done by hand.
     *
     * @param held all that have one of the names, and all that the person is in by a claim
     */
    Uni<Void> claim(Caller caller, List<UserGroupEntity> held, Set<String> names, long userId) {
        List<Long> user = List.of(userId);
        return each(held, group -> names.contains(group.name)
                ? members.claim(group.id, user)
                        .chain(added -> note(caller, group, "members_added", added, Map.of(), Map.of("user_ids", added)))
                : members.disclaim(group.id, user)
                        .chain(gone -> note(caller, group, "members_removed", gone, Map.of("user_ids", gone), Map.of())));
    }

    private Uni<Void> note(Caller caller, UserGroupEntity group, String verb, List<Long> concerned,
            Map<String, ?> before, Map<String, ?> after) {
        return concerned.isEmpty() ? Uni.createFrom().voidItem()
                : audit.note(caller, Deed.of(UserGroups.TYPE, verb, group.id, group.name, before, after))
                        .chain(() -> changes.announce(UserGroups.topic(group.id)))
                        .chain(() -> changes.announce(concerned.stream().map(EndUsers::topic).toList()));
    }

    Uni<Void> announce(Collection<Long> groupIds) {
        return each(groupIds, id -> changes.announce(UserGroups.topic(id)));
    }

    private static <T> Uni<Void> each(Collection<T> things, Function<T, Uni<Void>> action) {
        return Multi.createFrom().iterable(things)
                .onItem().transformToUniAndConcatenate(thing -> action.apply(thing).replaceWith(thing))
                .collect().asList().replaceWithVoid();
    }
}
