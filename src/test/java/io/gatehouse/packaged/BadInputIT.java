package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.FakeUpstream;
import io.gatehouse.testing.Specification;
import io.gatehouse.testing.Specification.Operation;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.gatehouse.testing.input.Inputs;
import io.gatehouse.testing.input.Inputs.Input;
import io.gatehouse.testing.input.Pool;
import io.gatehouse.testing.input.Verdicts;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Every operation of the published documents under requests of all sorts: each gets an answer that the document declares,
 * in the dialect's words, and none is a failure. {@code -Dgatehouse.bad-input.requests} and {@code .seed} change the run.
 */
class BadInputIT {

    private static final Logger LOG = Logger.getLogger(BadInputIT.class);
    private static final Path REPORT = Path.of("target/bad-input.txt");
    private static final int REQUESTS = Integer.getInteger("gatehouse.bad-input.requests", 6_000);
    private static final long SEED = Long.getLong("gatehouse.bad-input.seed", 20_261_121L);
    private static final int AT_ONCE = 16;
    private static final String API = """
            {"openapi":"3.1.0","info":{"title":"Small","version":"1"},"servers":[{"url":"http://127.0.0.1:9"}],
            "paths":{"/a":{"get":{"operationId":"a"},"put":{"operationId":"b"}},"/c/{d}":{"get":{}}}}""";

    private static final FakeUpstream UPSTREAM = new FakeUpstream(Era.DUAL).tools(FakeUpstream.tool("find", "Finds."),
            FakeUpstream.tool("pay", "Pays."));

    private static Installation gatehouse;

    @BeforeAll
    static void start() throws Exception {
        gatehouse = new Installation();
    }

    @AfterAll
    static void stop() throws Exception {
        UPSTREAM.close();
        gatehouse.close();
    }

    private static List<Specification> documents() {
        List<Specification> documents = new ArrayList<>();
        for (String name : List.of("workato", "celigo", "gatehouse")) {
            Answer answer = document("/openapi/" + name + ".yaml?format=json");
            if (answer.status() == 200) {
                documents.add(Specification.parse(answer.text()));
            }
        }
        if (documents.isEmpty()) {
            documents.add(Specification.parse(document("/openapi?format=json").text())
                    .tolerating(Set.of(400, 401, 404, 405, 406, 409, 413, 415))
                    .excepting("errors without a schema", "4\\d\\d: no body is declared"));
        }
        return documents;
    }

    private static Answer document(String target) {
        return gatehouse.wire().send(Request.of("GET", target));
    }

    @Test
    void answersEverythingInItsOwnWords() throws Exception {
        List<Specification> documents = documents();
        int operations = documents.stream().mapToInt(document -> document.operations().size()).sum();
        Verdicts verdicts = new Verdicts(gatehouse.url(), gatehouse.token());
        Pool pool = new Pool();
        pool.put("content", TextNode.valueOf(API));
        pool.put("base_url", TextNode.valueOf("http://127.0.0.1:9"));
        pool.put("serverURL", TextNode.valueOf(UPSTREAM.url()));
        pool.put("path", TextNode.valueOf("/name"));
        pool.put("value", TextNode.valueOf("Patched"));
        JqwikSession.run(() -> {
            for (Specification document : documents) {
                play(document, pool, verdicts, REQUESTS * document.operations().size() / operations);
            }
        });
        verdicts.write(REPORT);
        LOG.infof("Bad input, seed %d: %s; see %s", SEED, verdicts.summary(), REPORT);

        assertTrue(verdicts.areGood(), "Seed " + SEED + "\n" + verdicts.findings());
        assertEquals(200, gatehouse.get("/api/mcp/mcp_servers").status());
    }

    /** In rounds, so that what one round learns is the same in each run, whatever is answered first. */
    private static void play(Specification document, Pool pool, Verdicts verdicts, int requests) {
        Inputs inputs = new Inputs(document, pool, SEED, gatehouse.token());
        // A stream of events has no end to wait for
        List<Specification.Operation> operations = document.operations().stream()
                .filter(operation -> !operation.template().endsWith("/logs/tail")).toList();
        for (int sent = 0; sent < requests; sent += AT_ONCE) {
            if (sent % (16 * AT_ONCE) == 0) {
                furnish(document, pool);
            }
            List<Input> round = new ArrayList<>();
            for (int i = sent; i < Math.min(requests, sent + AT_ONCE); i++) {
                round.add(inputs.draw(operations.get(i % operations.size())));
            }
            List<CompletableFuture<Answer>> answers = round.stream()
                    .map(input -> gatehouse.wire().sendAsync(input.request())).toList();
            for (int i = 0; i < round.size(); i++) {
                verdicts.judge(document, round.get(i), answer(round.get(i), answers.get(i)));
                pool.learn(round.get(i).operation(), answers.get(i).join());
            }
        }
    }

    /** Makes some of everything, again and again, for the run deletes what it finds. */
    private static void furnish(Specification document, Pool pool) {
        String unique = Long.toString(System.nanoTime(), Character.MAX_RADIX);
        JsonNode folder = learned(document, pool, "POST", "/api/folders", Map.of("name", "F" + unique));
        learned(document, pool, "GET", "/api/folders", null);
        learned(document, pool, "GET", "/api/projects", null);
        JsonNode tools = learned(document, pool, "POST", "/api/api_collections", Map.of("name", "A" + unique, "project_id",
                folder.path("project_id").asInt(), "openapi_spec", Map.of("content", API)));
        learned(document, pool, "GET", "/v1/tools", null);
        String id = learned(document, pool, "POST", "/api/mcp/mcp_servers",
                Map.of("name", "S" + unique, "folder_id", folder.path("id").asInt())).path("handle").asText();
        learned(document, pool, "POST", "/api/mcp/mcp_servers/" + id + "/assign_tools",
                Map.of("tools", List.of(Map.of("trigger_application", "workato_api_platform", "id",
                        tools.at("/import_report/tools/0/id").asText()))));
        JsonNode group = learned(document, pool, "POST", "/api/iam/user_groups", Map.of("name", "G" + unique));
        learned(document, pool, "POST", "/api/mcp/mcp_servers/" + id + "/assign_user_groups",
                Map.of("user_group_ids", List.of(group.path("id").asInt())));
        learned(document, pool, "GET", "/api/mcp/user_groups", null);
        learned(document, pool, "POST", "/api/mcp/mcp_servers/" + id + "/tokens", Map.of("name", "T" + unique));
        learned(document, pool, "POST", "/api/iam/users", Map.of("name", "U", "email", unique + "@example.com"));
        learned(document, pool, "POST", "/api/developer_api_clients", Map.of("name", "C", "api_privilege_group_id", 3));
        String server = learned(document, pool, "POST", "/v1/mcpservers",
                Map.of("name", "V" + unique, "relativeURI", "/v" + unique)).path("_id").asText();
        learned(document, pool, "POST", "/v1/accesstokens",
                Map.of("name", "T" + unique, "_mcpServerIds", List.of(server)));
        String connection = learned(document, pool, "POST", "/v1/connections", Map.of("name", "M" + unique, "type", "mcp",
                "mcp", Map.of("serverURL", UPSTREAM.url()))).path("_id").asText();
        gatehouse.get("/v1/connections/" + connection + "/tools").json().forEach(tool -> pool.put("_toolId", tool.get("_id")));
    }

    private static JsonNode learned(Specification document, Pool pool, String method, String target, Object body) {
        Answer answer = gatehouse.send(method, target, body);
        assertEquals(2, answer.status() / 100, () -> method + " " + target + ": " + answer.text());
        pool.learn(document.operation(method, target)
                .orElseGet(() -> new Operation("", method, target.replaceFirst("mcps-[^/]*", "{handle}"), "", null)),
                answer);
        return answer.json();
    }

    private static Answer answer(Input input, CompletableFuture<Answer> answer) {
        try {
            return answer.join();
        } catch (RuntimeException e) {
            throw new AssertionError("No answer to " + input.request().curl(gatehouse.url()), e);
        }
    }
}
