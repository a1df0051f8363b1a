package io.gatehouse.access.accounts;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.gatehouse.access.people.UserGroups;
import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the programs that use MCP servers in their own name. */
@Singleton
public class ServiceAccounts {

    private static final String TYPE = "service_account";
    private static final String SECRET = "gms_";
    private static final int LONGEST_NAME = 300;

    private final ServiceAccountStore store;
    private final UserGroups groups;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    @Inject
    ServiceAccounts(ServiceAccountStore store, UserGroups groups, Audit audit, Changes changes, Clock clock) {
        this.store = store;
        this.groups = groups;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    @WithSession
    public Uni<Page<ServiceAccount>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_USERS);
        return store.page(caller.workspaceId(), slice).map(page -> page.map(ServiceAccountEntity::toAccount));
    }

    @WithSession
    public Uni<ServiceAccount> get(Caller caller, long id) {
        caller.require(Permission.VIEW_USERS);
        return store.one(caller.workspaceId(), id).onItem().ifNull().failWith(ServiceAccounts::unknown)
                .map(ServiceAccountEntity::toAccount);
    }

    /** One as it is now, for who lets it in; null when there is none. */
    @WithSession
    public Uni<ServiceAccount> known(long id) {
        return store.findById(id).onItem().ifNotNull().transform(ServiceAccountEntity::toAccount);
    }

    /** With a secret, unless it comes with keys. */
    @WithTransaction
    public Uni<IssuedServiceAccount> create(Caller caller, NewServiceAccount draft) {
        requireEditor(caller);
        ServiceAccountEntity row = new ServiceAccountEntity();
        row.workspaceId = caller.workspaceId();
        row.name = Text.required("name", draft.name(), LONGEST_NAME);
        row.clientId = UUID.randomUUID().toString();
        row.jwks = draft.jwks() == null ? null : PublicKeys.checked(draft.jwks());
        String secret = row.jwks == null ? newSecret(row) : null;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return store.persistAndFlush(row).chain(() -> note(caller, row, "created", Map.of()))
                .map(done -> new IssuedServiceAccount(row.toAccount(), secret));
    }

    private static String newSecret(ServiceAccountEntity row) {
        String secret = SECRET + TokenDigest.random();
        row.secretDigest = TokenDigest.of(secret);
        return secret;
    }

    /** Other keys take the place of those that it has, which are refused from then on, as are its tokens. */
    public Uni<ServiceAccount> change(Caller caller, long id, NewServiceAccount change) {
        String name = change.name() == null ? null : Text.required("name", change.name(), LONGEST_NAME);
        String jwks = change.jwks() == null ? null : PublicKeys.checked(change.jwks());
        return changed(caller, id, jwks == null ? "updated" : "keys_changed", row -> {
            if (jwks != null && row.jwks == null) {
                throw Problem.conflict("has_secret", "This service account has a secret, and so no keys");
            }
            row.name = name == null ? row.name : name;
            row.epoch += jwks == null ? 0 : 1;
            row.jwks = jwks == null ? row.jwks : jwks;
        });
    }

    /** A fresh secret in the place of the one that it had, which is refused from then on, as are its tokens. */
    public Uni<IssuedServiceAccount> rotateSecret(Caller caller, long id) {
        String[] secret = new String[1];
        return changed(caller, id, "secret_rotated", row -> {
            if (row.jwks != null) {
                throw Problem.conflict("has_keys", "This service account has keys, and so no secret");
            }
            secret[0] = newSecret(row);
            row.epoch++;
        }).map(account -> new IssuedServiceAccount(account, secret[0]));
    }

    /** Puts it into groups, all or none; one that it is in already stays. This holds when it completes. */
    public Uni<ServiceAccount> addTo(Caller caller, long id, List<Long> groupIds) {
        requireEditor(caller);
        return Panache.withTransaction(() -> groups.named(caller, groupIds)
                .invoke(known -> requireKnown(groupIds, known.keySet()))
                .chain(() -> changing(caller, id, "groups_added", row -> row.groups.addAll(groupIds))))
                .call(changes::settle);
    }

    /** Takes it out of those of the groups that it is in; this holds when it completes. */
    public Uni<ServiceAccount> removeFrom(Caller caller, long id, List<Long> groupIds) {
        return changed(caller, id, "groups_removed", row -> row.groups.removeAll(new HashSet<>(groupIds)));
    }

    private static void requireKnown(List<Long> ids, Set<Long> known) {
        for (int i = 0; i < ids.size(); i++) {
            if (!known.contains(ids.get(i))) {
                String element = "user_group_ids." + i;
                throw Problem.invalidField(element, "invalid_ref", element + ": no such group");
            }
        }
    }

    /** Nothing lets it in from the moment that this completes. */
    public Uni<Void> delete(Caller caller, long id) {
        requireEditor(caller);
        return Panache.withTransaction(() -> held(caller, id).chain(row -> audit
                .note(caller, Deed.of(TYPE, "deleted", row.id, row.name, row.fields(), Map.of()))
                .chain(() -> store.delete(row)).chain(() -> changes.announce(topic(id))))).call(changes::settle);
    }

    private Uni<ServiceAccount> changed(Caller caller, long id, String verb, Consumer<ServiceAccountEntity> change) {
        requireEditor(caller);
        return Panache.withTransaction(() -> changing(caller, id, verb, change)).call(changes::settle);
    }

    private Uni<ServiceAccount> changing(Caller caller, long id, String verb, Consumer<ServiceAccountEntity> change) {
        return held(caller, id).chain(row -> {
            Map<String, Object> before = row.fields();
            change.accept(row);
            if (before.equals(row.fields())) {
                return Uni.createFrom().item(row.toAccount());
            }
            row.updatedAt = clock.instant();
            return note(caller, row, verb, before).chain(() -> changes.announce(topic(id))).map(done -> row.toAccount());
        });
    }

    private Uni<ServiceAccountEntity> held(Caller caller, long id) {
        return store.lock(caller.workspaceId(), id).onItem().ifNull().failWith(ServiceAccounts::unknown);
    }

    private Uni<Void> note(Caller caller, ServiceAccountEntity row, String verb, Map<String, ?> before) {
        return audit.note(caller, Deed.of(TYPE, verb, row.id, row.name, before, row.fields()));
    }

    /** Like people, they are in every project. */
    private static void requireEditor(Caller caller) {
        caller.require(Permission.EDIT_USERS);
        caller.requireWholeWorkspace();
    }

    private static Problem unknown() {
        return Problem.notFound("Service account");
    }

    /** The word of change notices for a service account. */
    public static String topic(long id) {
        return "service-account:" + id;
    }
}
