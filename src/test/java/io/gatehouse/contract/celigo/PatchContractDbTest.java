package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.gatehouse.contract.celigo.Account.faults;
import static io.gatehouse.contract.celigo.Account.set;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** {@code PATCH /v1/mcpservers/{_id}}. */
@QuarkusTest
class PatchContractDbTest {

    private static final String ON = "{'op':'replace','path':'/disabled','value':false}";
    private static final String OFF = "{'op':'replace','path':'/disabled','value':true}";
    private static final String NAMED = "{'op':'replace','path':'/name','value':'Named'}";

    @Inject
    Account account;

    private String able() {
        return account.create("'tools':[{'_toolId':'T0','name':'a','disabled':false}]");
    }

    // C-74
    @Test
    void replacesNameAndSwitchOnly() {
        String id = able();
        ObjectNode before = account.read(id);

        account.patch(id, "[" + NAMED + "," + ON + "]").statusCode(204).body(emptyString());

        ObjectNode after = account.read(id);
        assertEquals("Named", after.remove("name").asText());
        assertEquals(false, after.remove("disabled").asBoolean());
        after.remove("lastModified");
        before.remove(List.of("name", "disabled", "lastModified"));
        assertEquals(before, after);
    }

    // C-74: in the order of the operations
    @Test
    void letsTheLastOperationWin() {
        String id = able();

        account.patch(id, "[" + ON + ",{'op':'replace','path':'/name','value':'First'}," + OFF + "," + NAMED + "]")
                .statusCode(204);

        assertEquals("Named", account.read(id).get("name").asText());
        assertEquals(true, account.read(id).get("disabled").asBoolean());
    }

    // C-75
    @ParameterizedTest
    @ValueSource(strings = { "/tools", "/description", "/relativeURI", "/oauth/clientSecret", "/_id", "/name/0", "/Name",
            "name",
            "", "/", "/tools/0/name", "/disabled/", "/name~1", "/é" })
    void refusesEveryOtherPathInTheseWords(String path) {
        String id = able();

        account.patch(id, "[" + NAMED + ",{'op':'replace','path':'" + path + "','value':'x'}]").statusCode(422)
                .body("errors.message", hasItem(path + " is not a whitelisted property"))
                .body("errors.size()", equalTo(1));

        assertEquals("Server", account.read(id).get("name").asText());
    }

    // C-74, C-76
    @ParameterizedTest
    @ValueSource(strings = { "add", "remove", "move", "copy", "test", "Replace", "" })
    void refusesEveryOtherOperation(String op) {
        String id = able();

        account.patch(id, "[" + NAMED + ",{'op':'" + op + "','path':'/name','from':'/name','value':'x'}]").statusCode(422);

        assertEquals("Server", account.read(id).get("name").asText());
    }

    // C-37, C-76
    @ParameterizedTest
    @ValueSource(strings = { "[]", "{}", "7", "null", "'x'", "[7]", "[null]", "[[]]", "[{}]",
            "[{'op':'replace','path':'/name'}]",
            "[{'path':'/name','value':'x'}]", "[{'op':'replace','value':'x'}]", "[{'op':7,'path':'/name','value':'x'}]",
            "[{'op':'replace','path':7,'value':'x'}]", "[{'op':'replace','path':'/name','value':null}]",
            "[{'op':'replace','path':'/name','value':7}]", "[{'op':'replace','path':'/name','value':''}]",
            "[{'op':'replace','path':'/name','value':' '}]", "[{'op':'replace','path':'/name','value':'a\\u0000b'}]",
            "[{'op':'replace','path':'/disabled','value':'true'}]", "[{'op':'replace','path':'/disabled','value':0}]",
            "[{'op':'replace','path':'/disabled','value':null}]", "[" + NAMED + ",{'op':'replace','path':'/disabled'}]" })
    void refusesPatchesThatAreNone(String patch) {
        String id = able();
        ObjectNode before = account.read(id);

        account.patch(id, patch).statusCode(422).body("errors.message.size()", greaterThan(0));

        assertEquals(before, account.read(id));
    }

    // C-37, C-76
    @Test
    void boundsTheName() {
        String id = able();

        account.patch(id, "[{'op':'replace','path':'/name','value':'" + "n".repeat(300) + "'}]").statusCode(204);
        account.patch(id, "[{'op':'replace','path':'/name','value':'" + "n".repeat(301) + "'}]").statusCode(422);
    }

    // C-6, C-76
    @Test
    void tellsEverythingThatIsWrongInOneAnswer() {
        Set<String> faults = faults(account.patch(able(), "[{'op':'add','path':'/tools'}," + NAMED
                + ",7,{'op':'replace','path':'/disabled','value':'x'}]"));

        assertEquals(set("0.op invalid_op, 0.path not_whitelisted, 2 invalid_patch, 3.value invalid_field_value"), faults);
    }

    // C-34, C-76
    @ParameterizedTest
    @ValueSource(strings = { "'name':'x'", "'tools':[{'_toolId':'T0','name':'a'}]" })
    void turnsNoServerOnWithoutATool(String particulars) {
        String id = account.create(particulars);
        ObjectNode before = account.read(id);

        assertEquals(Set.of("disabled mcp_server_no_enabled_tools"), faults(account.patch(id, "[" + NAMED + "," + ON + "]")));
        assertEquals(before, account.read(id));
        account.patch(id, "[" + ON + "," + OFF + "]").statusCode(204);
    }

    // C-9, C-10, C-76
    @ParameterizedTest
    @CsvSource({ "application/json,204", "application/json-patch+json,204", "application/json;charset=UTF-8,204",
            "text/plain,400", "application/merge-patch+json,400", "application/xml,400" })
    void takesBothTypesOfJson(String type, int status) {
        account.api().contentType(type).body(("[" + NAMED + "]").replace('\'', '"')).patch(SERVERS + "/" + able()).then()
                .statusCode(status);
    }

    // C-9, C-10
    @ParameterizedTest
    @ValueSource(strings = { "[", "", "[{'op':'replace',}]", "nonsense", "[" + NAMED + "] []" })
    void refusesWhatIsNoJson(String body) {
        account.patch(able(), body).statusCode(400).body("errors[0].code", equalTo("invalid_json"));
    }
}
