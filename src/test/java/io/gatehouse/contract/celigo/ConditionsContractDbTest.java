package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.gatehouse.contract.celigo.Account.WORKATO;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.AtOnce;
import io.gatehouse.testing.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** Writers of one server who meet: by {@code If-Match} one wins, without it they follow one another. */
@QuarkusTest
class ConditionsContractDbTest {

    private static final int WRITERS = 6;

    @Inject
    Account account;

    @Inject
    Deployment deployment;

    @Inject
    Tables tables;

    /** Every request that writes a server's name, in either dialect. */
    private enum Write {
        CELIGO_PUT {
            @Override
            Response send(ConditionsContractDbTest test, RequestSpecification request, String id, String name) {
                return request.body(test.account.body("'name':'" + name + "'").toString()).put(SERVERS + "/" + id);
            }
        },
        CELIGO_PATCH {
            @Override
            Response send(ConditionsContractDbTest test, RequestSpecification request, String id, String name) {
                return request.body("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"" + name + "\"}]")
                        .patch(SERVERS + "/" + id);
            }
        },
        WORKATO_PUT {
            @Override
            Response send(ConditionsContractDbTest test, RequestSpecification request, String id, String name) {
                return request.body(Map.of("name", name, "folder_id", test.deployment.folder()))
                        .put(WORKATO + "/" + test.account.handle(id));
            }
        };

        abstract Response send(ConditionsContractDbTest test, RequestSpecification request, String id, String name);

        boolean succeeded(Response response) {
            return response.statusCode() == (this == CELIGO_PATCH ? 204 : 200);
        }
    }

    private String tag(String id) {
        return account.get(id).extract().header("ETag");
    }

    private RequestSpecification on(String condition) {
        return account.api().header("If-Match", condition);
    }

    // D-16
    @Test
    void tagsAServerAlikeInBothDialectsAndAfreshWithEachWrite() {
        String id = account.create("");
        Set<String> tags = new HashSet<>();
        for (Write write : Write.values()) {
            tags.add(tag(id));
            Response response = write.send(this, account.api(), id, "Server");
            if (write != Write.CELIGO_PATCH) {
                assertEquals(tag(id), response.header("ETag"));
            }
            assertEquals(tag(id), account.api().get(WORKATO + "/" + account.handle(id)).header("ETag"));
        }
        tags.add(tag(id));

        assertEquals(4, tags.size());
        tags.forEach(tag -> assertEquals(true, tag.matches("\"[^\"]+\""), tag));
        Response made = account.api().body(account.body("").toString()).post(SERVERS);
        assertEquals(tag(made.path("_id")), made.header("ETag"));
    }

    // D-16
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "TAG|true", "*|true", "\"999\", TAG|true", "TAG,\"999\"|true",
            "  TAG  |true", "\"nonsense\", TAG|true", "W/TAG, TAG|true", "\"999\"|false", "W/TAG|false", "nonsense|false",
            "\"\"|false", "OLD|false", "OLD, \"999\"|false", "99999999999999999999|false", "\"99999999999999999999\"|false",
            "W/TAG, OLD|false" })
    void writesOnlyOnTheConditionThatIsGiven(String condition, boolean holds) {
        for (Write write : Write.values()) {
            String id = account.create("'name':'Before'");
            String old = tag(id);
            account.patch(id, "[{'op':'replace','path':'/name','value':'Now'}]").statusCode(204);
            assertNotEquals(old, tag(id));
            long entries = tables.countAudit();

            Response response = write.send(this, on(condition.replace("TAG", tag(id)).replace("OLD", old)), id, "After");

            if (holds) {
                assertEquals(true, write.succeeded(response), response.asString());
            } else {
                response.then().statusCode(412).body(write == Write.WORKATO_PUT ? "code" : "errors[0].code",
                        equalTo("precondition_failed"));
                assertEquals(entries, tables.countAudit());
            }
            assertEquals(holds ? "After" : "Now", account.read(id).get("name").asText());
        }
    }

    // D-16
    @Test
    void deletesOnlyOnTheConditionThatIsGiven() {
        String id = account.create("");

        on("\"999\"").delete(SERVERS + "/" + id).then().statusCode(412);
        on("\"999\"").delete(WORKATO + "/" + account.handle(id)).then().statusCode(412);
        on("\"999\"").post(WORKATO + "/" + account.handle(id) + "/token_renew").then().statusCode(412);
        on("\"999\"").header("If-Match", tag(id)).delete(SERVERS + "/" + id).then().statusCode(204);
        on("*").delete(SERVERS + "/" + id).then().statusCode(404);
        on("*").put(SERVERS + "/" + OtherAccount.objectId()).then().statusCode(400);
        on("*").body(account.body("").toString()).put(SERVERS + "/" + OtherAccount.objectId()).then().statusCode(404);
    }

    private List<Response> atOnce(IntFunction<Response> writer) {
        deployment.folder();
        return AtOnce.times(WRITERS, writer);
    }

    // D-16
    @ParameterizedTest
    @EnumSource
    void letsOneOfManyWritersWinByItsTag(Write write) {
        String id = account.create("");
        String tag = tag(id);

        List<Response> responses = atOnce(i -> write.send(this, on(tag), id, "w" + i));

        List<Response> winners = responses.stream().filter(write::succeeded).toList();
        assertEquals(1, winners.size());
        assertEquals(WRITERS - 1, responses.stream().filter(response -> response.statusCode() == 412).count());
        assertEquals("w" + responses.indexOf(winners.get(0)), account.read(id).get("name").asText());
    }

    // D-16: one dialect against the other
    @Test
    void letsOneOfManyWritersWinAcrossDialects() {
        String id = account.create("");
        String tag = tag(id);

        List<Response> responses = atOnce(i -> Write.values()[i % 3].send(this, on(tag), id, "w" + i));

        assertEquals(WRITERS - 1, responses.stream().filter(response -> response.statusCode() == 412).count());
    }

    // D-16, P-30: each writer sees what the one before it wrote
    @Test
    void letsAllWritersFollowOneAnotherWithoutTags() {
        String id = account.create("'name':'start'");

        List<Response> responses = atOnce(i -> Write.values()[i % 3].send(this, account.api(), id, "w" + i));

        for (int i = 0; i < WRITERS; i++) {
            assertEquals(true, Write.values()[i % 3].succeeded(responses.get(i)), responses.get(i).asString());
        }
        String name = "start";
        Set<String> seen = new HashSet<>(Set.of(name));
        for (Map<String, String> entry : tables.audit(id)) {
            if (entry.get("action").equals("mcp_server.renamed")) {
                JsonNode change = Account.parse(entry.get("changes")).get("name");
                assertEquals(name, change.get("before").asText());
                name = change.get("after").asText();
                seen.add(name);
            }
        }
        assertEquals(WRITERS + 1, seen.size());
        assertEquals(name, account.read(id).get("name").asText());
    }

    // D-16, C-71: whole lists of tools, never a mixture
    @Test
    void neverMixesTheToolsOfTwoWriters() {
        String id = account.create("");
        List<String> lists = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            List<String> tools = new ArrayList<>(account.catalogue().tools());
            Collections.rotate(tools, i);
            lists.add("{'_toolId':'%s','name':'a'},{'_toolId':'%s','name':'b'}".formatted(tools.get(0), tools.get(1)));
        }

        List<Response> responses = atOnce(
                i -> account.api().body(account.body("'description':'" + i + "','tools':[" + lists.get(i) + "]")
                        .toString()).put(SERVERS + "/" + id));

        responses.forEach(response -> assertEquals(200, response.statusCode(), response.asString()));
        JsonNode last = account.read(id);
        List<String> tools = last.get("tools").findValuesAsText("_toolId");
        assertEquals(lists.get(last.get("description").asInt()),
                "{'_toolId':'%s','name':'a'},{'_toolId':'%s','name':'b'}".formatted(tools.get(0), tools.get(1)));
    }
}
