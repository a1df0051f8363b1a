package io.gatehouse.journal.activity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;

import io.gatehouse.journal.keeping.Recording;

/** Counts the entries that were dropped, by server, until the log itself can tell of them. */
final class Gaps {

    private static final Logger LOG = Logger.getLogger(Gaps.class);

    private final Map<Long, Gap> gaps = new HashMap<>();

    private static final class Gap {
        private final long workspaceId;
        private final Instant from;
        private Instant to;
        private long count;

        Gap(long workspaceId, Instant from) {
            this.workspaceId = workspaceId;
            this.from = from;
        }

        @Override
        public String toString() {
            return count + " calls from " + from + " to " + to + " were not recorded: the database was away";
        }
    }

    synchronized void drop(Entry entry) {
        Gap gap = gaps.computeIfAbsent(entry.scene().serverId(), server -> new Gap(entry.scene().workspaceId(), entry.at()));
        gap.to = entry.at();
        gap.count++;
    }

    /** Tells of them, here and in the log of the application, and forgets them. */
    synchronized List<Row> tell(Instant now) {
        List<Row> rows = new ArrayList<>();
        gaps.forEach((server, gap) -> {
            LOG.warnf("The activity log of server %d has a gap: %s", server, gap);
            rows.add(row(server, gap, now));
        });
        gaps.clear();
        return rows;
    }

    private static Row row(long server, Gap gap, Instant now) {
        Entry entry = new Entry(EntryId.at(now), now, false,
                new Entry.Scene(gap.workspaceId, server, Recording.ALL, null, null, null),
                new Entry.Visitor(null, null, null, null, null), new Entry.Question("none", null, "gap", null, null, 0),
                new Entry.Answer(Status.GAP, null, 0, new byte[0], 0, 0));
        return new Row(entry, Status.GAP, "gap", null,
                gap.toString(), Row.Text.NONE, Row.Text.NONE);
    }
}
