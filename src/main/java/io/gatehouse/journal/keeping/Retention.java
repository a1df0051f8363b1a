package io.gatehouse.journal.keeping;

import java.time.Duration;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** For how many days each workspace keeps its entries; those of whole days are dropped shortly after. */
@Singleton
public class Retention implements PanacheRepository<RetentionEntity> {

    private static final int MOST_DAYS = 3_650;

    private final Audit audit;
    private final int standard;

    @Inject
    Retention(Audit audit, @ConfigProperty(name = "gatehouse.activity.retention", defaultValue = "30d") Duration standard) {
        this.audit = audit;
        this.standard = (int) Math.min(MOST_DAYS, Math.max(1, standard.toDays()));
    }

    /** Of workspaces that chose none. */
    public int standard() {
        return standard;
    }

    public Uni<Integer> days(Caller caller) {
        caller.require(Permission.VIEW_LOGS);
        return Panache.withSession(() -> findById(caller.workspaceId())).map(row -> row == null ? standard : row.days);
    }

    /** @param days from 1 to 3650; null for what the deployment has */
    public Uni<Integer> keep(Caller caller, Integer days) {
        caller.require(Permission.EDIT_CLIENTS);
        caller.requireWholeWorkspace();
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            throw Problem.invalidField("retention_days", "invalid_field_value", "retention_days: from 1 to " + MOST_DAYS);
        }
        return Panache.withTransaction(() -> findById(caller.workspaceId()).chain(row -> {
            int before = row == null ? standard : row.days;
            return write(caller.workspaceId(), days).chain(() -> audit.note(caller, Deed.of("activity_log",
                    "retention_changed", caller.workspaceId(), null, Map.of("retention_days", before),
                    Map.of("retention_days", days == null ? standard : days))));
        })).replaceWith(days == null ? standard : days);
    }

    /** Two at once do not get into each other's way: the last one holds. */
    private Uni<Integer> write(long workspaceId, Integer days) {
        return getSession().chain(session -> days == null
                ? session.createNativeQuery("delete from activity_retention where workspace_id = ?1")
                        .setParameter(1, workspaceId).executeUpdate()
                : session.createNativeQuery("insert into activity_retention (workspace_id, days) values (?1, ?2) "
                        + "on conflict (workspace_id) do update set days = excluded.days")
                        .setParameter(1, workspaceId).setParameter(2, days).executeUpdate());
    }
}
