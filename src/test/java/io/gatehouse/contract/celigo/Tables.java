package io.gatehouse.contract.celigo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What stands in the database, for what no answer shows. */
@Singleton
class Tables {

    private final AgroalDataSource database;

    @Inject
    Tables(AgroalDataSource database) {
        this.database = database;
    }

    /** Rows of texts, by the names of their columns. */
    List<Map<String, String>> rows(String query, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = statement(connection, query, values);
                ResultSet result = statement.executeQuery()) {
            List<Map<String, String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The one value that the query finds. */
    String value(String query, Object... values) {
        return rows(query, values).get(0).values().iterator().next();
    }

    /** The second column by the first. */
    Map<String, String> pairs(String query, Object... values) {
        Map<String, String> pairs = new LinkedHashMap<>();
        rows(query, values).forEach(row -> {
            List<String> columns = List.copyOf(row.values());
            pairs.put(columns.get(0), columns.get(1));
        });
        return pairs;
    }

    /** Writes what no request can. */
    void write(String update, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = statement(connection, update, values)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static PreparedStatement statement(Connection connection, String text, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** The audit entries about a thing, oldest first. */
    List<Map<String, String>> audit(String resourceId) {
        return rows("select * from audit_entry where resource_id = ? order by id", resourceId);
    }

    long countAudit() {
        return Long.parseLong(value("select count(*) from audit_entry"));
    }
}
