package io.gatehouse.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What the audit ledger tells, read from its table. */
@Singleton
public class Ledger {

    private final DataSource database;

    @Inject
    Ledger(DataSource database) {
        this.database = database;
    }

    /** One row of the ledger. */
    public record Entry(String action, String actor, String source, String name, JsonPath changes) {
    }

    /** The actions on one thing, oldest first. */
    public List<String> actions(String resourceType, Object resourceId) {
        return entries(resourceType, resourceId).stream().map(Entry::action).toList();
    }

    public Entry last(String resourceType, Object resourceId) {
        List<Entry> entries = entries(resourceType, resourceId);
        return entries.get(entries.size() - 1);
    }

    public List<Entry> entries(String resourceType, Object resourceId) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select action, actor, source, resource_name, changes from audit_entry
                        where resource_type = ? and resource_id = ? order by id""")) {
            query.setString(1, resourceType);
            query.setString(2, resourceId.toString());
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4),
                            JsonPath.from(rows.getString(5))));
                }
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a query counts. */
    public long count(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of every transaction that is open now: whoever follows a feed waits for that as well. */
    public void awaitOlder() {
        long next = count("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
        Await.until(() -> count("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint") >= next,
                () -> "There is still an older transaction");
    }

    /** What a query finds first. */
    public String text(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows behind the application's back. */
    public int update(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
