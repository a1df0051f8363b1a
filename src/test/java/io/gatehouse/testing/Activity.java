package io.gatehouse.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

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

    /** What is recorded of a server, oldest first, by the names of the columns. */
    public List<Map<String, Object>> of(String handle) {
        return rows("""
                select entry.* from activity_entry entry join mcp_server server on server.id = entry.server_id
                where server.handle = ? order by at, entry.id""", handle);
    }

    public Map<String, Object> last(String handle) {
        List<Map<String, Object>> entries = of(handle);
        return entries.get(entries.size() - 1);
    }

    private List<Map<String, Object>> rows(String sql, String parameter) {
        try (Connection connection = database.getConnection(); PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, parameter);
            List<Map<String, Object>> rows = new ArrayList<>();
            try (ResultSet answer = select.executeQuery()) {
                while (answer.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                        row.put(answer.getMetaData().getColumnName(i), answer.getObject(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
