package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;
import static io.gatehouse.contract.workato.ServersApi.ping;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.gatehouse.contract.workato.ServersApi.Equipped;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** What is left of a server that is deleted. */
@QuarkusTest
class ServerDeleteContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    ServersApi servers;
    @Inject
    Ledger ledger;
    @Inject
    AgroalDataSource database;

    private JsonPath read(String handle) {
        return servers.get(handle, "?view=full").statusCode(200).extract().jsonPath();
    }

    // W-36
    @Test
    void deletesForGood() {
        try (BackEnd backEnd = new BackEnd(); FakeUpstream upstream = new FakeUpstream(Era.MODERN)) {
            Equipped it = servers.equip(backEnd.url());
            String handle = it.server().handle();
            String named = furnish(handle, deployment.proxy(upstream.url(), Map.of()).handle());
            String objectId = read(handle).getString("_id");
            letPeopleIn(id(objectId));
            Map<String, Long> rows = rows(objectId);
            assertEquals(List.of(), rows.entrySet().stream().filter(table -> table.getValue() == 0
                    && !table.getKey().equals("prompt")).toList());
            long id = id(objectId);
            assertEquals(200, ping(handle, named));

            deployment.api().delete(SERVERS + "/" + handle).then().statusCode(200).body("$", equalTo(Map.of("success", true)));

            assertEquals(List.of(404, 404), List.of(ping(handle, named), ping(handle, it.server().token())));
            for (String rest : List.of("", "/tools", "/server_policies", "/user_groups", "/tokens")) {
                servers.get(handle, rest).statusCode(404).body("code", equalTo("not_found"));
            }
            deployment.api().delete(SERVERS + "/" + handle).then().statusCode(404);
            servers.renew(handle).statusCode(404);
            rowsOf(id).forEach((table, count) -> assertEquals(0, count, table));
            assertEquals(0, count("select count(*) from mcp_token where name = ?", handle));
            assertEquals(1, count("select count(*) from activity_chunk where server_id = ?", id));
            assertEquals("deleted", ledger.last("mcp_server", objectId).action().replaceFirst(".*[._]", ""));
            assertTrue(ledger.entries("mcp_server", objectId).size() > 3);
        }
    }

    // W-36: what it was made of stays
    @Test
    void deletesNoToolWithItsServer() {
        try (BackEnd backEnd = new BackEnd()) {
            Equipped it = servers.equip(backEnd.url());
            int group = servers.group("Survives");
            servers.body(Map.of("user_group_ids", List.of(group)))
                    .post(SERVERS + "/" + it.server().handle() + "/assign_user_groups").then().statusCode(200);

            deployment.api().delete(SERVERS + "/" + it.server().handle()).then().statusCode(200);

            Published next = deployment.createServer();
            servers.assign(next.handle(), ServersApi.reference(it.first())).statusCode(200);
            deployment.api().get("/api/iam/user_groups/" + group).then().statusCode(200).body("name", notNullValue());
            servers.list("search=" + it.server().handle()).body("items", empty());
        }
    }

    /** Gives a server all that can hang on it; a further token. */
    private String furnish(String handle, String proxy) {
        String path = SERVERS + "/" + handle;
        servers.body(Map.of("user_group_ids", List.of(servers.group("Gone")))).post(path + "/assign_user_groups").then()
                .statusCode(200);
        servers.body(Map.of("ip_denylist", List.of("10.0.0.1"))).put(path + "/server_policies").then().statusCode(200);
        servers.body(Map.of("inputs", false)).put(path + "/log_settings").then().statusCode(200);
        servers.body(Map.of("tools", List.of(), "sources", List.of(Map.of("upstream_id",
                read(proxy).getString("remote.upstream_id"))))).post(path + "/assign_tools").then().statusCode(200);
        return servers.body(Map.of("name", handle)).post(path + "/tokens").then().statusCode(200).extract().path("token");
    }

    /** What is there once a person has let an application in. */
    private void letPeopleIn(long id) {
        int person = deployment.api().body(Map.of("name", "Ada", "email", UUID.randomUUID() + "@people.example"))
                .post("/api/iam/users").then().statusCode(200).extract().path("id");
        write("""
                insert into oauth_grant (workspace_id, user_id, epoch, server_id, client_id, client_name, resource, scope, created_at,
                    used_at, expires_at)
                select workspace_id, ?, 0, id, 'app', 'App', 'url', 'mcp:read', now(), now(), now() from mcp_server where id = ?""",
                person, id);
        write("""
                insert into oauth_code (digest, workspace_id, user_id, epoch, server_id, client_id, client_name, redirect_uri,
                    redirect_uri_sent, challenge, resource, scope, expires_at)
                select md5(random()::text), workspace_id, ?, 0, id, 'app', 'App', 'url', true, 'c', 'url', 'mcp:read', now()
                from mcp_server where id = ?""", person, id);
        write("""
                insert into oauth_consent (user_id, epoch, server_id, client_id, redirect_uri, scope, agreed_at)
                select ?, 0, id, 'app', 'url', 'mcp:read', now() from mcp_server where id = ?""", person, id);
    }

    private void write(String sql, long one, long other) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, one);
            statement.setLong(2, other);
            assertEquals(1, statement.executeUpdate());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private long id(String objectId) {
        return count("select id from mcp_server where object_id = ?", objectId);
    }

    private Map<String, Long> rows(String objectId) {
        return rowsOf(id(objectId));
    }

    /** How many rows of each table belong to a server, but for the log, which stays. */
    private Map<String, Long> rowsOf(long id) {
        Map<String, Long> rows = new TreeMap<>(Map.of("mcp_server", count("select count(*) from mcp_server where id = ?", id)));
        try (Connection connection = database.getConnection();
                PreparedStatement tables = connection.prepareStatement("""
                        select table_name from information_schema.columns
                        where column_name = 'server_id' and table_schema = current_schema()
                            and table_name not like 'activity\\_chunk%'""");
                ResultSet names = tables.executeQuery()) {
            while (names.next()) {
                String table = names.getString(1);
                rows.put(table, count("select count(*) from " + table + " where server_id = ?", id));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private long count(String sql, Object parameter) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, parameter);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
