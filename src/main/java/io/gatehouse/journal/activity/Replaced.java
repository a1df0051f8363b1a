package io.gatehouse.journal.activity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Takes entries that others replace out of the table. */
final class Replaced {

    private Replaced() {
    }

    /** One that is open is alone in its chunk; another one is taken out of the chunk that it is in. */
    static void forget(Connection open, Written entry) throws SQLException {
        try (PreparedStatement delete = open.prepareStatement(
                "delete from activity_chunk where server_id = ? and at = ? and last_id = ? and is_open")) {
            identify(delete, entry.serverId(), entry.at(), entry.id());
            if (delete.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement select = open.prepareStatement("select at, last_id, data from activity_chunk "
                + "where server_id = ? and at >= ? and last_id >= ? and at < ? for update")) {
            identify(select, entry.serverId(), entry.at(), entry.id());
            select.setObject(4, Chunk.end(entry.at()).atOffset(ZoneOffset.UTC));
            try (ResultSet chunks = select.executeQuery()) {
                while (chunks.next()) {
                    takeOut(open, entry, chunks);
                }
            }
        }
    }

    /** What is left keeps its place. */
    private static void takeOut(Connection open, Written entry, ResultSet chunk) throws SQLException {
        List<Recorded> all = Chunk.read(chunk.getBytes(3), entry.workspaceId(), entry.serverId(), facets -> true);
        List<Written> left = all.stream().filter(other -> !other.id().equals(entry.id())).map(Recorded::same).toList();
        if (left.size() == all.size()) {
            return;
        }
        Chunk rest = left.isEmpty() ? null : Chunk.of(left).get(0);
        try (PreparedStatement change = open.prepareStatement(rest == null
                ? "delete from activity_chunk where server_id = ? and at = ? and last_id = ?"
                : "update activity_chunk set data = ?, infos = ?, warnings = ?, errors = ? "
                        + "where server_id = ? and at = ? and last_id = ?")) {
            int next = 1;
            if (rest != null) {
                change.setBytes(next++, rest.data());
                for (int count : rest.levels()) {
                    change.setInt(next++, count);
                }
            }
            change.setLong(next++, entry.serverId());
            change.setObject(next++, chunk.getObject(1, OffsetDateTime.class));
            change.setObject(next, chunk.getObject(2));
            change.executeUpdate();
        }
    }

    static void identify(PreparedStatement statement, long serverId, Instant at, EntryId id) throws SQLException {
        statement.setLong(1, serverId);
        statement.setObject(2, at.atOffset(ZoneOffset.UTC));
        statement.setObject(3, id.toUuid());
    }
}
