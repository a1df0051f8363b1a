package io.gatehouse.journal.audit;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import io.gatehouse.kernel.Caller;
import io.gatehouse.platform.database.StoredJson;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Writes to the ledger, in the transaction of the change itself: neither is there without the other. */
@Singleton
public class Audit {

    private static final int LONGEST_HEADER = 500;

    private final Clock clock;

    @Inject
    Audit(Clock clock) {
        this.clock = clock;
    }

    public Uni<Void> note(Caller caller, Deed deed) {
        return note(caller, List.of(deed));
    }

    public Uni<Void> note(Caller caller, List<Deed> deeds) {
        return Panache.getSession().chain(
                session -> session.persistAll(deeds.stream().map(deed -> row(caller, deed)).toArray()));
    }

    private AuditEntity row(Caller caller, Deed deed) {
        AuditEntity row = new AuditEntity();
        row.workspaceId = caller.workspaceId();
        row.createdAt = clock.instant();
        row.actor = caller.subject();
        row.source = caller.origin().source();
        row.requestId = caller.origin().requestId();
        row.address = caller.origin().address();
        row.userAgent = shortened(caller.origin().userAgent());
        row.action = deed.action();
        row.resourceType = deed.resourceType();
        row.resourceId = deed.resourceId();
        row.resourceName = deed.resourceName();
        row.changes = changes(deed.before(), deed.after());
        return row;
    }

    private static String shortened(String header) {
        return header == null || header.length() <= LONGEST_HEADER ? header : header.substring(0, LONGEST_HEADER);
    }

    /** The fields that differ, each with what it was and what it is, where it was or is at all. */
    private static String changes(Map<String, ?> before, Map<String, ?> after) {
        TreeSet<String> fields = new TreeSet<>(before.keySet());
        fields.addAll(after.keySet());
        Map<String, Map<String, Object>> changes = new TreeMap<>();
        for (String field : fields) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                Map<String, Object> change = new TreeMap<>();
                change.put("before", before.get(field));
                change.put("after", after.get(field));
                changes.put(field, change);
            }
        }
        return StoredJson.write(changes);
    }
}
