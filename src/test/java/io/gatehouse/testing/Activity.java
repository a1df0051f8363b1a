package io.gatehouse.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.gatehouse.journal.activity.LoggedEntries;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The activity log, read from its table. */
@Singleton
public class Activity {

    private final DataSource database;

    @Inject
    Activity(DataSource database) {
        this.database = database;
    }

    /** What is recorded of a server, oldest first. */
    public List<Map<String, Object>> of(String handle) {
        try (Connection connection = database.getConnection()) {
            return LoggedEntries.read(connection, "server.handle = ?", handle);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Map<String, Object> last(String handle) {
        List<Map<String, Object>> entries = of(handle);
        return entries.get(entries.size() - 1);
    }
}
