package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Specification;
import io.gatehouse.testing.Superset;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** Every operation of the published specifications, good and refused, judged by the specifications themselves. */
@EnabledIfSystemProperty(named = "gatehouse.contract", matches = ".+")
class PublishedSpecsIT {

    private static final String WORKATO = "workato-mcp-server-openapi.yml";
    private static final String CELIGO = "celigo-mcp-servers-openapi.json";
    private static final String SERVERS = "/api/mcp/mcp_servers";
    private static final String MCP = "/v1/mcpservers";
    private static final String NOBODY = "ffffffffffffffffffffffff";
    private static final String API = """
            {"openapi":"3.1.0","info":{"title":"Two","version":"1"},"servers":[{"url":"http://127.0.0.1:9"}],
            "paths":{"/a":{"get":{"operationId":"a"},"put":{"operationId":"b"}}}}""";

    private static Specification published(String name) {
        return Specification.load(Path.of(System.getProperty("gatehouse.contract"), "specs/openapi", name));
    }

    private static Map<String, ?> server(String name, Object folder) {
        return Map.of("name", name, "folder_id", folder);
    }

    @Test
    void servesTheWorkatoSpecification() throws Exception {
        try (Judged judged = new Judged(published(WORKATO))) {
            int project = judged.gatehouse().get("/api/projects").json().at("/items/0/id").asInt();
            int folder = judged.gatehouse().get("/api/folders").json().at("/items/0/id").asInt();
            String handle = workatoServers(judged, project, folder);
            workatoTools(judged, handle, project);
            workatoGroups(judged, handle);
            workatoPolicies(judged, handle);
            int other = judged.gatehouse().made("POST", "/api/folders", Map.of("name", "Other", "parent_id", folder))
                    .get("id").asInt();
            judged.send(200, "PUT", SERVERS + "/" + handle + "/update_folder", Map.of("folder_id", other));
            judged.send(400, "PUT", SERVERS + "/" + handle + "/update_folder", Map.of("folder_id", 999_999));
            judged.send(404, "PUT", SERVERS + "/nobody/update_folder", Map.of("folder_id", other));
            judged.send(200, "POST", SERVERS + "/" + handle + "/token_renew", null);
            judged.send(404, "POST", SERVERS + "/nobody/token_renew", null);
            judged.refuseStrangers(handle);
            judged.delete(200, SERVERS + "/" + handle);
            judged.delete(404, SERVERS + "/" + handle);
            judged.everyOperationSucceeded();
        }
    }

    private static String workatoServers(Judged judged, int project, int folder) {
        String handle = judged.send(200, "POST", SERVERS, server("Specified", folder)).get("handle").asText();
        judged.send(400, "POST", SERVERS, Map.of("folder_id", folder));
        judged.send(400, "POST", SERVERS, "{");
        for (String filter : List.of("", "project_id=" + project, "folder_id=" + folder, "authentication_method=token",
                "search=specified", "vua_required=false", "page=1&per_page=1")) {
            assertEquals(1, judged.get(200, SERVERS + "?" + filter).get("items").size(), filter);
        }
        for (String filter : List.of("project_id=999999", "folder_id=999999", "authentication_method=sso", "search=no",
                "vua_required=true", "page=2")) {
            assertEquals(0, judged.get(200, SERVERS + "?" + filter).get("items").size(), filter);
        }
        judged.get(200, SERVERS + "/" + handle);
        judged.get(404, SERVERS + "/nobody");
        JsonNode updated = judged.send(200, "PUT", SERVERS + "/" + handle, server("Renamed", folder));
        assertEquals("Renamed", updated.get("name").asText());
        judged.send(400, "PUT", SERVERS + "/" + handle, Map.of("name", "Renamed"));
        judged.send(404, "PUT", SERVERS + "/nobody", server("Renamed", folder));
        return handle;
    }

    private static void workatoTools(Judged judged, String handle, int project) {
        JsonNode collection = judged.gatehouse().made("POST", "/api/api_collections", Map.of("name", "Two",
                "project_id", project, "openapi_spec", Map.of("content", API)));
        Map<String, ?> tools = Map.of("tools", List.of(Map.of("trigger_application", "workato_api_platform", "id",
                collection.at("/import_report/tools/0/id").asText())));
        assertEquals(1, judged.send(200, "POST", SERVERS + "/" + handle + "/assign_tools", tools).get("items").size());
        judged.send(400, "POST", SERVERS + "/" + handle + "/assign_tools", Map.of());
        judged.send(404, "POST", SERVERS + "/nobody/assign_tools", tools);
        String id = judged.get(200, SERVERS + "/" + handle + "/tools?page=1&per_page=1").at("/items/0/id").asText();
        judged.get(404, SERVERS + "/nobody/tools");
        String tool = SERVERS + "/" + handle + "/tools/" + id;
        assertEquals("Says a", judged.send(200, "PUT", tool, Map.of("description", "Says a")).get("description").asText());
        judged.send(400, "PUT", tool, Map.of("description", 7));
        judged.send(404, "PUT", SERVERS + "/" + handle + "/tools/999999", Map.of("description", "x"));
        judged.delete(200, tool);
        judged.delete(404, tool);
    }

    private static void workatoGroups(Judged judged, String handle) {
        judged.gatehouse().made("POST", "/api/iam/user_groups", Map.of("name", "Sales"));
        int group = judged.get(200, "/api/mcp/user_groups?page=1&per_page=1").at("/items/0/id").asInt();
        Map<String, ?> groups = Map.of("user_group_ids", List.of(group));
        for (String verb : List.of("assign", "remove")) {
            JsonNode left = judged.send(200, "POST", SERVERS + "/" + handle + "/" + verb + "_user_groups", groups);
            assertEquals(verb.equals("assign") ? 1 : 0, left.get("items").size());
            judged.send(404, "POST", SERVERS + "/nobody/" + verb + "_user_groups", groups);
        }
        judged.send(404, "POST", SERVERS + "/" + handle + "/assign_user_groups", Map.of("user_group_ids",
                List.of(999_999)));
    }

    private static void workatoPolicies(Judged judged, String handle) {
        String policies = SERVERS + "/" + handle + "/server_policies";
        judged.get(200, policies);
        judged.send(200, "PUT", policies, Map.of("rate_limit", Map.of("requests_per_minute", 60, "requests_per_hour",
                1_000), "quota_limit", Map.of("requests_per_month", 10_000), "ip_allowlist", List.of("10.0.0.0/8"),
                "ip_denylist", List.of("2001:db8::/32")));
        assertEquals(60, judged.get(200, policies).at("/rate_limit/requests_per_minute").asInt());
        judged.send(400, "PUT", policies, Map.of("ip_allowlist", List.of("nowhere")));
        judged.get(404, SERVERS + "/nobody/server_policies");
        judged.send(404, "PUT", SERVERS + "/nobody/server_policies", Map.of());
    }

    @Test
    void servesTheCeligoSpecification() throws Exception {
        Specification specification = published(CELIGO).tolerating(Set.of(400))
                .excepting("a server without OAuth shows only a default", "/oauth: .*'(issuerURL|audience)'")
                .excepting("a url stands for the relativeURI", "Server request: .*'relativeURI'");
        try (Judged judged = new Judged(specification)) {
            judged.get(204, MCP);
            judged.refuseStrangers(NOBODY);
            JsonNode plain = judged.send(201, "POST", MCP, Map.of("name", "Plain", "relativeURI", "/plain"));
            assertEquals("{\"useIntrospection\":false}", plain.get("oauth").toString());
            judged.send(201, "POST", MCP, Map.of("name", "By URL", "url", "https://gatehouse.test/by-url"));
            celigoLists(judged);
            celigoRecord(judged, MCP + "/" + plain.get("_id").asText());
            celigoProxy(judged);
            judged.everyOperationSucceeded();
        }
        assertEquals(Set.of("a server without OAuth shows only a default", "a url stands for the relativeURI"),
                specification.excused().keySet());
    }

    private static void celigoLists(Judged judged) {
        judged.send(400, "POST", MCP, "{");
        judged.send(422, "POST", MCP, Map.of("relativeURI", "/nameless"));
        judged.send(422, "POST", MCP, Map.of("name", "Twin", "relativeURI", "/plain"));
        assertEquals(2, judged.get(200, MCP).size());
        assertEquals(3, judged.get(200, MCP + "?include=disabled").get(0).size());
        assertFalse(judged.get(200, MCP + "?exclude=prompts").get(0).has("prompts"));
        judged.get(400, MCP + "?include=disabled&exclude=prompts");
        judged.get(400, MCP + "?include=a-b");
    }

    private static void celigoRecord(Judged judged, String plain) {
        Map<String, ?> full = Map.of("name", "Full", "relativeURI", "/full", "description", "All of it", "prompts",
                List.of(Map.of("name", "greet", "arguments", List.of(Map.of("name", "who")), "messagesTemplate",
                        List.of(Map.of("role", "user", "template", "Greet {{who}}")))),
                "oauth", Map.of("issuerURL", "https://idp.test", "audience", "mcp", "scopes", List.of("mcp:read")));
        judged.get(200, plain);
        judged.send(200, "PUT", plain, full);
        assertEquals("https://idp.test", judged.get(200, plain).at("/oauth/issuerURL").asText());
        judged.send(400, "PUT", plain, "{");
        judged.send(422, "PUT", plain, Map.of("name", "x", "relativeURI", "no"));
        judged.send(204, "PATCH", plain, List.of(Map.of("op", "replace", "path", "/name", "value", "Patched")));
        judged.send(422, "PATCH", plain, List.of(Map.of("op", "replace", "path", "/tools", "value", List.of())));
        judged.get(200, plain + "/dependencies");
        judged.delete(204, plain);
        judged.delete(404, plain);
        judged.get(404, plain);
        judged.send(404, "PUT", MCP + "/" + NOBODY, full);
        judged.send(404, "PATCH", MCP + "/" + NOBODY, List.of(Map.of("op", "replace", "path", "/name", "value", "x")));
        assertTrue(judged.get(200, MCP + "/" + NOBODY + "/dependencies").isEmpty());
    }

    /** A server that stands for a connection is one like others. */
    private static void celigoProxy(Judged judged) {
        try (FakeUpstream upstream = new FakeUpstream(Era.DUAL).tools(FakeUpstream.tool("find", "Finds."))) {
            String connection = judged.gatehouse().made("POST", "/v1/connections", Map.of("name", "Wiki", "type", "mcp",
                    "mcp", Map.of("serverURL", upstream.url()))).get("_id").asText();
            Map<String, ?> wanted = Map.of("name", "Wiki", "relativeURI", "/wiki", "_connectionId", connection, "disabled",
                    false);
            String proxy = MCP + "/" + judged.send(201, "POST", MCP, wanted).get("_id").asText();
            assertEquals(connection, judged.get(200, proxy).get("_connectionId").asText());
            assertEquals(connection, judged.send(200, "PUT", proxy, wanted).get("_connectionId").asText());
            judged.send(204, "PATCH", proxy, List.of(Map.of("op", "replace", "path", "/disabled", "value", true)));
            judged.send(422, "PUT", proxy, Map.of("name", "Wiki", "relativeURI", "/wiki", "_connectionId", NOBODY));
            judged.get(200, MCP);
            judged.delete(204, proxy);
        }
    }

    @ParameterizedTest
    @CsvSource({ WORKATO + ", workato, 400 403 429", CELIGO + ", celigo, 403 429" })
    void publishesASupersetOfTheSpecification(String specification, String own, String statuses) throws Exception {
        try (Installation gatehouse = new Installation()) {
            Answer yaml = gatehouse.wire().send(Request.of("GET", "/openapi/" + own + ".yaml"));
            Answer json = gatehouse.wire().send(Request.of("GET", "/openapi/" + own + ".yaml?format=json"));
            assertEquals(List.of(200, 200), List.of(yaml.status(), json.status()));
            Specification offered = Specification.parse(yaml.text());
            assertEquals(Specification.parse(json.text()).document(), offered.document());
            assertTrue(offered.document().get("openapi").asText().startsWith("3.1."));
            assertEquals(List.of(), Superset.missing(published(specification), offered, Set.of(statuses.split(" "))));
        }
    }
}
