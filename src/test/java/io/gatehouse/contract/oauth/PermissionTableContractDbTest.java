package io.gatehouse.contract.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.kernel.Permission;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Wire;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/**
 * Holds {@code src/docs/permissions.md}: every built-in role knocks at every endpoint of the management API as a client, and
 * some as a person too. An endpoint or a privilege without a row fails the test. What was found is in
 * {@code target/permissions.md}.
 */
@QuarkusTest
class PermissionTableContractDbTest {

    private static final Path TABLE = Path.of("src/docs/permissions.md");
    private static final Path FOUND = Path.of("target/permissions.md");
    private static final List<String> OF_PEOPLE = List.of("Owner", "Admin", "Editor", "Operator", "Auditor");
    private static final List<String> PEOPLE = List.of("Admin", "Operator");
    private static final List<String> OF_CLIENTS = List.of("Administrator", "Server manager", "Viewer");
    private static final int NOT_THERE = 999_999;
    private static final String NONE = "000000000000000000000000";

    /** Who may do nothing, to see that a door is there at all. */
    private static final String NOBODY = "Nobody";

    @Inject
    Deployment deployment;
    @Inject
    Stewards stewards;
    @Inject
    Guests guests;

    private Wire wire;
    private Guest owner;

    /**
     * One kind of request. What it names does not exist, unless it has to, so that it changes nothing where it is allowed.
     *
     * @param remark what sets it apart from others to the same endpoint, or empty
     */
    private record Knock(String method, String path, String remark, String target, Object body) {

        String endpoint() {
            return method + " " + path;
        }

        String row() {
            return "`" + endpoint() + "`" + (remark.isEmpty() ? "" : " " + remark);
        }

        Knock to(String place) {
            return new Knock(method, path, remark, place, body);
        }

        Request request() {
            Request request = Request.of(method, target);
            return method.equals("GET") || method.equals("DELETE") && body.equals(Map.of()) ? request : request.json(body);
        }
    }

    private static Knock knock(String endpoint, String remark, Object body) {
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        return new Knock(method, path, remark, path.replaceAll("\\{(?:mcp_server_)?handle}", "mcps-none0000-none-00")
                .replaceAll("\\{(?:_[a-zA-Z]+|upstream_id)}", NONE).replaceAll("\\{[a-z_]+}", "999999"), body);
    }

    /** With bodies that get as far as the door. */
    private List<Knock> knocks(String endpoint) {
        Map<String, ?> users = Map.of("user_ids", List.of(NOT_THERE));
        Map<String, ?> groups = Map.of("user_group_ids", List.of(NOT_THERE));
        Map<String, ?> elsewhere = Map.of("name", "Knock", "folder_id", NOT_THERE);
        return switch (endpoint) {
            case "PATCH /v1/mcpservers/{_id}" -> List.of(
                    knock(endpoint, "of `/name`", List.of(Map.of("op", "replace", "path", "/name", "value", "x"))),
                    knock(endpoint, "of `/disabled`", List.of(Map.of("op", "replace", "path", "/disabled", "value", true))));
            case "POST /v1/mcpservers" -> List.of(knock(endpoint, "", Map.of()),
                    knock(endpoint, "with `oauth`", Map.of("oauth", Map.of("issuer", "https://issuer.example"))));
            case "PUT /api/mcp/mcp_servers/{handle}" -> List.of(knock(endpoint, "", elsewhere),
                    knock(endpoint, "with another `authentication_method`",
                            Map.of("name", "Knock", "folder_id", NOT_THERE, "authentication_method", "workato_idp"))
                            .to("/api/mcp/mcp_servers/" + deployment.createServer().handle()));
            case "PUT /api/log_retention" -> List.of(knock(endpoint, "", Map.of("retention_days", 30)));
            case "POST /v1/accesstokens" -> List.of(
                    knock(endpoint, "", Map.of("name", "Knock", "_mcpServerIds", List.of(NONE))),
                    knock(endpoint, "with `fullAccess`", Map.of("name", "Knock", "fullAccess", true)));
            case "POST /api/developer_api_clients" -> List.of(
                    knock(endpoint, "", Map.of("name", "Knock", "role_id", stewards.role("Viewer"))),
                    knock(endpoint, "with the role Owner", Map.of("name", "Knock", "role_id", stewards.role("Owner"))));
            case "PUT /api/iam/administrators/{id}" -> List.of(knock(endpoint, "", Map.of()),
                    knock(endpoint, "with the role Owner", Map.of("role_id", stewards.role("Owner"))).to(Stewards.path(owner)));
            case "PUT /api/iam/users/{id}" -> List.of(knock(endpoint, "", Map.of()),
                    knock(endpoint, "of an owner", Map.of()).to(owner.path()));
            case "POST /api/iam/users/{id}/invitation" -> List.of(knock(endpoint, "", Map.of()),
                    knock(endpoint, "of an owner", Map.of()).to(owner.path() + "/invitation"));
            case "DELETE /api/iam/users/{id}/second_factor" -> List.of(knock(endpoint, "", Map.of()),
                    knock(endpoint, "of an owner", Map.of()).to(owner.path() + "/second_factor"));
            case "DELETE /api/iam/users/{id}/grants/{grant}" -> List.of(knock(endpoint, "", Map.of()),
                    knock(endpoint, "of an owner", Map.of()).to(owner.path() + "/grants/" + NOT_THERE));
            case "DELETE /api/iam/user_groups/{id}/remove_users", "POST /api/iam/user_groups/{id}/remove_users",
                    "POST /api/iam/user_groups/{id}/add_users" ->
                List.of(knock(endpoint, "", users));
            case "POST /api/iam/users/{id}/add_to_group", "POST /api/iam/users/{id}/remove_from_group",
                    "POST /api/iam/service_accounts/{id}/add_to_group", "POST /api/iam/service_accounts/{id}/remove_from_group",
                    "POST /api/mcp/mcp_servers/{handle}/assign_user_groups",
                    "POST /api/mcp/mcp_servers/{handle}/remove_user_groups" ->
                List.of(knock(endpoint, "", groups));
            case "POST /api/mcp/mcp_servers", "PUT /api/mcp/mcp_servers/{handle}/update_folder" ->
                List.of(knock(endpoint, "", elsewhere));
            case "POST /api/mcp/mcp_servers/{handle}/assign_tools" -> List.of(knock(endpoint, "", Map.of("tools", List.of())));
            case "POST /api/api_collections" -> List.of(knock(endpoint, "", Map.of("name", "Knock", "project_id", NOT_THERE,
                    "openapi_spec", Map.of("content", "{}"))));
            case "POST /api/connections" -> List.of(knock(endpoint, "", Map.of("name", "Knock", "project_id", NOT_THERE)));
            case "POST /v1/connections" -> List.of(knock(endpoint, "",
                    Map.of("name", "Knock", "type", "mcp", "mcp", Map.of("serverURL", "http://127.0.0.1:1/mcp"))));
            case "POST /v1/integrations" -> List.of(knock(endpoint, "", Map.of("name", "Knock")));
            case "GET /v1/recycleBin" -> List.of(knock(endpoint, "", Map.of()).to("/v1/recycleBin?type=mcpservers"));
            default -> List.of(knock(endpoint, "", Map.of()));
        };
    }

    // P-11, P-29, W-10
    @Test
    void holds() throws IOException {
        wire = stewards.identity.wire();
        owner = guests.create("Olga");
        stewards.appoint(owner, "Owner");
        List<Knock> knocks = endpoints().stream().flatMap(endpoint -> knocks(endpoint).stream())
                .sorted(Comparator.comparing(Knock::path)).toList();
        List<String> found = new ArrayList<>(privileges());
        found.addAll(
                List.of("", "| request | " + String.join(" | ", roles()) + " |", "|---" + "|---".repeat(roles().size()) + "|"));
        Map<String, String> clients = clients();
        Map<String, String> people = PEOPLE.stream().collect(Collectors.toMap(role -> role, stewards::token));
        List<String> open = new ArrayList<>();
        for (Knock knock : knocks) {
            Map<String, Boolean> byClients = ask(knock, clients);
            Map<String, Boolean> byPeople = ask(knock, people);
            people.keySet().forEach(role -> assertEquals(byClients.get(role), byPeople.get(role), role + " " + knock));
            if (byClients.get(NOBODY)) {
                open.add(knock.row());
            }
            found.add("| " + knock.row() + roles().stream().map(role -> byClients.get(role) ? " | ✓" : " | ")
                    .collect(Collectors.joining()) + " |");
        }
        Files.write(FOUND, found);

        assertEquals(List.of("`GET /api/users/me`"), open);
        assertEquals(rows(Files.readAllLines(TABLE)), rows(found), "Where the table is meant to change, " + FOUND + " has it");
    }

    private static List<String> rows(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("|")).toList();
    }

    private static List<String> roles() {
        return Stream.concat(OF_PEOPLE.stream(), OF_CLIENTS.stream()).toList();
    }

    private List<String> privileges() {
        JsonPath all = deployment.api().get("/api/developer_api_client_roles").jsonPath();
        Map<String, List<String>> byRole = new LinkedHashMap<>();
        roles().forEach(role -> byRole.put(role,
                all.getList("result.items.find { it.built_in && it.name == '" + role + "' }.privileges")));
        List<String> rows = new ArrayList<>(List.of("| privilege | " + String.join(" | ", roles()) + " |",
                "|---" + "|---".repeat(roles().size()) + "|"));
        for (Permission permission : Permission.values()) {
            String word = permission.name().toLowerCase(Locale.ROOT);
            rows.add("| `" + word + "`" + roles().stream().map(role -> byRole.get(role).contains(word) ? " | ✓" : " | ")
                    .collect(Collectors.joining()) + " |");
        }
        return rows;
    }

    /** The token of a client of each role. */
    private Map<String, String> clients() {
        Map<String, String> tokens = new LinkedHashMap<>();
        roles().forEach(role -> tokens.put(role, deployment.client(stewards.role(role), null).getString("token")));
        tokens.put(NOBODY, deployment.client(deployment.role(), null).getString("token"));
        return tokens;
    }

    /** Who is let through. */
    private Map<String, Boolean> ask(Knock knock, Map<String, String> tokens) {
        Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        tokens.forEach((role, token) -> answers.put(role,
                wire.sendAsync(knock.request().header("Authorization", "Bearer " + token))));
        Map<String, Boolean> through = new LinkedHashMap<>();
        answers.forEach((role, answer) -> {
            int status = answer.join().status();
            assertTrue(status != 401 && status < 500, () -> status + " to " + role + ": " + knock + answer.join().text());
            through.put(role, status != 403);
        });
        return through;
    }

    private static TreeSet<String> endpoints() {
        TreeSet<String> endpoints = ManagementEndpoints.all();
        assertTrue(endpoints.containsAll(documented()), () -> documented().toString());
        return endpoints;
    }

    /** As the application publishes them. */
    private static List<String> documented() {
        List<String> documented = new ArrayList<>();
        for (String document : List.of("/openapi", "/openapi/workato", "/openapi/celigo", "/openapi/gatehouse")) {
            Map<String, Map<String, Object>> paths = RestAssured.get(document + "?format=json").jsonPath().getMap("paths");
            paths.forEach((path, item) -> item.keySet()
                    .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        }
        return documented;
    }
}
