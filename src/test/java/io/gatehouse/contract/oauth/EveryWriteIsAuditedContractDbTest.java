package io.gatehouse.contract.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.FakeIssuer;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;

/**
 * Does with success what every endpoint of the management API is there for, and looks for the entry that it leaves. An
 * endpoint that is neither here nor excused fails the test.
 */
@QuarkusTest
class EveryWriteIsAuditedContractDbTest {

    private static final String DOCUMENT = """
            openapi: 3.0.0
            info: {title: Audited, version: '1'}
            servers: [{url: 'http://127.0.0.1:1'}]
            paths:
              '/a': {get: {operationId: a}}
              '/b': {get: {operationId: b}}
            """;

    /** They look, and leave an entry only where what they find is new: {@code PinnedToolsContractDbTest}. */
    private static final Set<String> LOOKS = Set.of("POST /api/mcp/mcp_servers/{handle}/refresh_tools",
            "POST /v1/connections/{_id}/ping", "POST /api/mcp/mcp_servers/{handle}/server_policies/try");

    /** What takes a person, or a change elsewhere: the tests of these look at the ledger. */
    private static final Set<String> ELSEWHERE = Set.of(
            // UserGrantsContractDbTest#endsAGrantAtOnce
            "DELETE /api/iam/users/{id}/grants/{grant}",
            // SecondFactorContractDbTest
            "DELETE /api/iam/users/{id}/second_factor",
            // PinnedToolsContractDbTest#withholdsAChangedToolUntilItIsApproved
            "POST /api/mcp/mcp_servers/{handle}/tool_changes/{tool_id}/approve",
            // McpConnectionToolsContractDbTest
            "POST /v1/connections/{_id}/tools/{_toolId}/approve");

    @Inject
    Deployment deployment;
    @Inject
    Guests guests;
    @Inject
    Stewards stewards;
    @Inject
    Ledger ledger;

    private final TreeSet<String> done = new TreeSet<>();
    private final List<String> silent = new ArrayList<>();
    private FakeUpstream upstream;
    private FakeIssuer issuer;
    private int folder;
    private int project;

    @BeforeEach
    void start() {
        upstream = new FakeUpstream(Era.MODERN).tools(FakeUpstream.tool("find", "Finds."));
        issuer = new FakeIssuer();
        issuer.answers(FakeIssuer.METADATA, BackEnd.json(issuer.metadata().put("authorization_endpoint", issuer.url() + "/a")
                .put("token_endpoint", issuer.url() + "/t").encode()));
        folder = deployment.folder();
        project = deployment.project();
    }

    @AfterEach
    void stop() {
        upstream.close();
        issuer.close();
    }

    /** @param body null for none */
    private JsonPath does(String endpoint, Object body, Object... names) {
        String agent = UUID.randomUUID().toString();
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        var request = deployment.api().header("User-Agent", agent);
        Response answer = (body == null ? request : request.body(body)).request(endpoint.substring(0, endpoint.indexOf(' ')),
                path, names);
        assertEquals(2, answer.statusCode() / 100, () -> endpoint + ": " + answer.statusCode() + answer.asString());
        done.add(endpoint);
        if (ledger.count("select count(*) from audit_entry where user_agent = '" + agent + "'") == 0) {
            silent.add(endpoint);
        }
        return answer.contentType().startsWith("application/json") ? answer.jsonPath() : null;
    }

    private static Map<String, Object> with(Map<String, ?> some, String name, Object value) {
        Map<String, Object> all = new HashMap<>(some);
        all.put(name, value);
        return all;
    }

    // P-30, P-31, P-32
    @Test
    void leavesAnEntryOfEveryWrite() {
        people();
        programs();
        clients();
        projects();
        does("PUT /api/log_retention", with(Map.of(), "retention_days", null));
        connections();
        servers();
        tools();
        celigoServers();
        celigoConnections();
        streaming();

        assertEquals(List.of(), silent);
        TreeSet<String> missing = ManagementEndpoints.all();
        missing.removeIf(endpoint -> endpoint.startsWith("GET "));
        missing.removeAll(done);
        missing.removeAll(LOOKS);
        missing.removeAll(ELSEWHERE);
        assertEquals(Set.of(), missing, "Nothing here tries these");
    }

    private void people() {
        String users = "/api/iam/users";
        int user = does("POST " + users, Map.of("name", "Ann", "email", UUID.randomUUID() + "@example.test")).getInt("id");
        int group = does("POST /api/iam/user_groups", Map.of("name", "Group " + UUID.randomUUID())).getInt("id");
        Map<String, ?> people = Map.of("user_ids", List.of(user));
        Map<String, ?> groups = Map.of("user_group_ids", List.of(group));
        does("PUT /api/iam/user_groups/{id}", Map.of("name", "Other " + UUID.randomUUID()), group);
        does("PUT " + users + "/{id}", Map.of("name", "Anna"), user);
        does("POST " + users + "/{id}/invitation", null, user);
        does("POST " + users + "/{id}/add_to_group", groups, user);
        does("POST " + users + "/{id}/remove_from_group", groups, user);
        does("POST /api/iam/user_groups/{id}/add_users", people, group);
        does("POST /api/iam/user_groups/{id}/remove_users", people, group);
        deployment.api().body(people).post("/api/iam/user_groups/{id}/add_users", group);
        does("DELETE /api/iam/user_groups/{id}/remove_users", people, group);
        does("PUT /api/iam/administrators/{id}", Map.of("role_id", stewards.role("Auditor")), user);
        does("DELETE /api/iam/administrators/{id}", null, user);
        does("DELETE " + users + "/{id}", null, user);
        does("DELETE /api/iam/user_groups/{id}", null, group);
        int provider = does("POST /api/iam/identity_providers", Map.of("name", "Corp", "issuer", issuer.url(), "client_id", "c",
                "client_secret", "s")).getInt("id");
        does("PUT /api/iam/identity_providers/{id}", Map.of("name", "Other"), provider);
        does("DELETE /api/iam/identity_providers/{id}", null, provider);
    }

    private void programs() {
        String accounts = "/api/iam/service_accounts";
        int account = does("POST " + accounts, Map.of("name", "Robot")).getInt("id");
        int group = deployment.api().body(Map.of("name", "Group " + UUID.randomUUID())).post("/api/iam/user_groups").path("id");
        Map<String, ?> groups = Map.of("user_group_ids", List.of(group));
        does("PUT " + accounts + "/{id}", Map.of("name", "Other"), account);
        does("POST " + accounts + "/{id}/add_to_group", groups, account);
        does("POST " + accounts + "/{id}/remove_from_group", groups, account);
        does("POST " + accounts + "/{id}/rotate_secret", null, account);
        does("DELETE " + accounts + "/{id}", null, account);
    }

    private void clients() {
        String roles = "/api/developer_api_client_roles";
        int role = does("POST " + roles, Map.of("name", "Role", "privileges", List.of("view_audit"))).getInt("id");
        does("PUT " + roles + "/{id}", Map.of("name", "Other"), role);
        String clients = "/api/developer_api_clients";
        int client = does("POST " + clients, Map.of("name", "Client", "role_id", role)).getInt("id");
        does("PUT " + clients + "/{id}", Map.of("name", "Other"), client);
        does("POST " + clients + "/{id}/regenerate", null, client);
        does("DELETE " + clients + "/{id}", null, client);
        does("DELETE " + roles + "/{id}", null, role);
    }

    private void projects() {
        int inner = does("POST /api/folders", Map.of("name", "Folder", "parent_id", folder)).getInt("id");
        does("PUT /api/folders/{id}", Map.of("name", "Other"), inner);
        does("DELETE /api/folders/{id}", null, inner);
        String id = does("POST /v1/integrations", Map.of("name", "Project")).getString("_id");
        does("PUT /v1/integrations/{_id}", Map.of("name", "Other"), id);
        does("DELETE /v1/integrations/{_id}", null, id);
        deployment.api().body(Map.of("name", "Project")).post("/v1/integrations");
        int another = deployment.api().get("/api/projects").path("items.findAll { it.name == 'Project' }.last().id");
        does("DELETE /api/projects/{id}", null, another);
    }

    private void connections() {
        JsonPath collection = does("POST /api/api_collections",
                Map.of("name", "API", "project_id", project, "openapi_spec", Map.of("content", DOCUMENT)));
        int endpoint = collection.getInt("import_report.tools[0].id");
        does("PUT /api/api_endpoints/{id}/disable", null, endpoint);
        does("PUT /api/api_endpoints/{id}/enable", null, endpoint);
        int connection = does("POST /api/connections", Map.of("name", "Connection", "project_id", project,
                "input", Map.of("token", "secret"))).getInt("id");
        does("PUT /api/connections/{id}", Map.of("name", "Other"), connection);
        does("DELETE /api/connections/{id}", null, connection);
    }

    private void servers() {
        String servers = "/api/mcp/mcp_servers";
        String one = servers + "/{handle}";
        Map<String, ?> named = Map.of("name", "Server", "folder_id", folder);
        String handle = does("POST " + servers, named).getString("handle");
        Guest guest = guests.create("Ann");
        int group = deployment.api().body(Map.of("name", "Group " + UUID.randomUUID())).post("/api/iam/user_groups").path("id");
        Map<String, ?> groups = Map.of("user_group_ids", List.of(group));
        assertEquals(200, deployment.api().body(groups).post(guest.path() + "/add_to_group").statusCode());
        does("PUT " + one, with(named, "name", "Other"), handle);
        does("POST " + one + "/token_renew", null, handle);
        Object token = does("POST " + one + "/tokens", Map.of("name", "Token"), handle).get("id");
        does("DELETE " + one + "/tokens/{id}", null, handle, token);
        int elsewhere = deployment.api().body(Map.of("name", "Folder", "parent_id", folder)).post("/api/folders").path("id");
        does("PUT " + one + "/update_folder", Map.of("folder_id", elsewhere), handle);
        does("PUT " + servers + "/{mcp_server_handle}/server_policies", Map.of("quota_limit", Map.of("requests_per_month", 7)),
                handle);
        does("PUT " + one + "/log_settings", Map.of("inputs", false), handle);
        deployment.api().body(Map.of("name", "Other", "folder_id", elsewhere, "authentication_method", "workato_idp"))
                .put(servers + "/" + handle).then().statusCode(200);
        does("POST " + one + "/assign_user_groups", groups, handle);
        does("POST " + one + "/remove_user_groups", groups, handle);
        does("DELETE " + one, null, handle);
    }

    private void tools() {
        String one = "/api/mcp/mcp_servers/{handle}";
        String some = "/api/mcp/mcp_servers/{mcp_server_handle}";
        String handle = deployment.createServer().handle();
        int endpoint = deployment.importDocument(DOCUMENT).getInt("import_report.tools[0].id");
        String source = deployment.api().queryParam("view", "full")
                .get("/api/mcp/mcp_servers/" + deployment.proxy(upstream.url(), Map.of()).handle()).path("remote.upstream_id");
        does("POST " + one + "/assign_tools",
                Map.of("tools", List.of(Map.of("trigger_application", "workato_api_platform", "id",
                        Integer.toString(endpoint))), "sources", List.of(Map.of("upstream_id", source, "prefix", "x_"))),
                handle);
        String tool = some + "/tools/{id}";
        does("PUT " + tool, Map.of("description", "Ours"), handle, endpoint);
        does("PUT " + tool + "/stop", null, handle, endpoint);
        does("PUT " + tool + "/start", null, handle, endpoint);
        does("DELETE " + tool, null, handle, endpoint);
        does("DELETE " + some + "/sources/{upstream_id}", null, handle, source);
    }

    private void celigoServers() {
        String one = "/v1/mcpservers/{_id}";
        String uri = "/uri-" + UUID.randomUUID();
        String id = does("POST /v1/mcpservers", Map.of("name", "Server", "relativeURI", uri)).getString("_id");
        does("PUT " + one, Map.of("name", "Other", "relativeURI", uri), id);
        does("PATCH " + one, List.of(Map.of("op", "replace", "path", "/name", "value", "Last")), id);
        String tokens = "/v1/accesstokens";
        Map<String, ?> token = Map.of("name", "Token", "_mcpServerIds", List.of(id));
        String made = does("POST " + tokens, token).getString("_id");
        does("PUT " + tokens + "/{_id}", with(token, "revoked", true), made);
        does("DELETE " + tokens + "/{_id}", null, made);
        does("DELETE " + one, null, id);
        does("POST /v1/recycleBin/{_id}/restore", null, id);
    }

    private void celigoConnections() {
        String one = "/v1/connections/{_id}";
        Map<String, ?> mcp = Map.of("name", "Connection", "type", "mcp", "mcp", Map.of("serverURL", upstream.url()));
        String id = does("POST /v1/connections", mcp).getString("_id");
        does("PUT " + one, with(mcp, "name", "Other"), id);
        does("PATCH " + one, List.of(Map.of("op", "replace", "path", "/name", "value", "Last")), id);
        deployment.api().post("/v1/connections/" + id + "/ping").then().statusCode(200);
        String tool = deployment.api().get("/v1/connections/" + id + "/tools").path("[0]._id");
        does("PUT " + one + "/tools/{_toolId}", Map.of("name", "renamed"), id, tool);
        does("DELETE " + one, null, id);
    }

    private void streaming() {
        String one = "/api/log_streaming/destinations/{id}";
        int id = does("POST /api/log_streaming/destinations",
                Map.of("name", "SIEM", "kind", "https", "url", "http://127.0.0.1:1", "enabled", false)).getInt("id");
        does("PUT " + one, Map.of("name", "Other"), id);
        does("POST " + one + "/replay", Map.of("from", "2020-01-01T00:00:00Z"), id);
        does("PUT /api/log_streaming/destinations", Map.of("items", List.of(Map.of("id", id, "name", "Another"))));
        does("POST " + one + "/test", null, id);
        does("POST " + one + "/dead_letters/retry", null, id);
        does("DELETE " + one + "/dead_letters", null, id);
        does("DELETE " + one, null, id);
    }
}
