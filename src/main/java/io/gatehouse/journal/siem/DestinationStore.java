package io.gatehouse.journal.siem;

import java.time.ZoneOffset;
import java.util.List;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

/** Every query for destinations as people define them. */
@Singleton
class DestinationStore implements PanacheRepository<DestinationEntity> {

    private static final String BEGIN = """
            insert into siem_cursor (destination_id, batch, entry_id, batch_at, seq)
            values (?1, ?2, cast(?3 as uuid), ?4, ?5)""";

    /** Whoever holds it begins anew with what it is now. */
    private static final String NOTICE = """
            update siem_cursor set version = version + 1, failures = 0, wait_until = null where destination_id = ?1""";
    private static final String MOVE_ACTIVITY = """
            update siem_cursor set batch = ?2, entry_id = cast(?3 as uuid), batch_at = ?4 where destination_id = ?1""";
    private static final String MOVE_AUDIT = "update siem_cursor set seq = ?2 where destination_id = ?1";
    private static final String RETRY = "update siem_dead_letter set again = true where destination_id = ?1 and not again";
    private static final String DISCARD = "delete from siem_dead_letter where destination_id = ?1";

    Uni<List<DestinationEntity>> of(long workspaceId) {
        return list("workspaceId = ?1 order by id", workspaceId);
    }

    Uni<DestinationEntity> one(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).firstResult();
    }

    /** Held until the transaction ends. */
    Uni<DestinationEntity> lock(long workspaceId, long id) {
        return find("workspaceId = ?1 and id = ?2", workspaceId, id).withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** Held until the transaction ends. */
    Uni<List<DestinationEntity>> lockAll(long workspaceId) {
        return find("workspaceId = ?1 order by id", workspaceId).withLock(LockModeType.PESSIMISTIC_WRITE).list();
    }

    Uni<Integer> begin(long id, Progress from) {
        return execute(BEGIN, id, from.activity().transaction(), from.activity().id().toString(),
                from.activity().at().atOffset(ZoneOffset.UTC), from.audit());
    }

    Uni<Integer> notice(long id) {
        return execute(NOTICE, id);
    }

    Uni<Integer> moveActivity(long id, Progress to) {
        return execute(MOVE_ACTIVITY, id, to.activity().transaction(), to.activity().id().toString(),
                to.activity().at().atOffset(ZoneOffset.UTC));
    }

    Uni<Integer> moveAudit(long id, Progress to) {
        return execute(MOVE_AUDIT, id, to.audit());
    }

    /** How many dead letters are tried again. */
    Uni<Integer> retry(long id) {
        return execute(RETRY, id);
    }

    /** How many dead letters there were. */
    Uni<Integer> discard(long id) {
        return execute(DISCARD, id);
    }

    private static Uni<Integer> execute(String sql, Object... values) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(sql);
            for (int i = 0; i < values.length; i++) {
                query.setParameter(i + 1, values[i]);
            }
            return query.executeUpdate();
        });
    }
}
