package io.gatehouse.journal.audit;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for entries, which come newest first: what is written meanwhile moves none that is behind a given one. */
@Singleton
class AuditStore implements PanacheRepository<AuditEntity> {

    /** Times that the database knows. */
    private static final Instant LEAST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant MOST = Instant.parse("9999-12-31T23:59:59Z");

    private static final class Condition {

        private final StringBuilder text = new StringBuilder("workspaceId = :workspace");
        private final Map<String, Object> parameters = new HashMap<>();

        Condition(long workspaceId) {
            parameters.put("workspace", workspaceId);
        }

        Condition and(String condition, String name, Object value) {
            if (value != null && !(value instanceof Collection<?> values && values.isEmpty())) {
                text.append(" and ").append(condition);
                parameters.put(name, value);
            }
            return this;
        }
    }

    private static Condition condition(long workspaceId, AuditFilter filter) {
        return new Condition(workspaceId).and("createdAt >= :from", "from", within(filter.from()))
                .and("createdAt < :to", "to", within(filter.to()))
                .and("actor in :actors", "actors", filter.actors())
                .and("resourceType in :types", "types", filter.types())
                .and("resourceType not in :otherTypes", "otherTypes", filter.otherTypes())
                .and("(action in :actions or substring(action, locate('.', action) + 1) in :actions)", "actions",
                        filter.actions())
                .and("not (action in :otherActions or substring(action, locate('.', action) + 1) in :otherActions)",
                        "otherActions", filter.otherActions())
                .and("resourceId = :resource", "resource", filter.resourceId())
                .and("source = :source", "source", filter.source());
    }

    private static Instant within(Instant time) {
        return time == null ? null : time.isBefore(LEAST) ? LEAST : time.isAfter(MOST) ? MOST : time;
    }

    /** @param before the id of the entry that the page follows, or null */
    Uni<Page<AuditEntity>> newestFirst(long workspaceId, AuditFilter filter, Long before, Page.Slice slice) {
        Condition condition = condition(workspaceId, filter).and("id < :before", "before", before);
        Uni<List<AuditEntity>> rows = find(condition.text.toString(), Sort.descending("id"), condition.parameters)
                .range(slice.offset(), slice.offset() + slice.limit()).list();
        return rows.map(slice::of);
    }

    Uni<Long> count(long workspaceId, AuditFilter filter) {
        Condition condition = condition(workspaceId, filter);
        return count(condition.text.toString(), condition.parameters);
    }
}
