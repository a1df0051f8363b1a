package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.faults;
import static io.gatehouse.contract.celigo.Account.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.contract.celigo.Account.Catalogue;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** The tools, APIs and overrides of a server. */
@QuarkusTest
class ToolsContractDbTest {

    private static final String OVERRIDES = """
            {'connections':[{'_abstractId':'c','_id':'0123456789abcdef01234567','_borrowConcurrencyFromConnectionId':'x'}],
            'exports':[{'_abstractId':'e','_id':'0123456789abcdef01234567','_connectionId':'0123456789abcdef01234567',
            'type':'tranlinedelta','pageSize':12.5,'skipRetries':true,'proceedOnFailure':false,'responseMapping':{
            'fields':[{'extract':'a','generate':'b'}],'lists':[{'generate':'l','fields':[{'extract':'a','generate':'b'}]}]}}],
            'imports':[{'_abstractId':'i','_connectionId':'0123456789abcdef01234567','proceedOnFailure':true,
            'responseMapping':{'fields':[],'lists':[]},'hooks':{'preMap':{'function':'f'},
            'postMap':{'function':'g','_scriptId':'0123456789abcdef01234567'}}}],
            'routers':[{'_abstractId':'r','name':'R','routeRecordsTo':'all_matching_branches','routeRecordsUsing':'script',
            'script':{'_scriptId':'0123456789abcdef01234567','function':'h'},'branches':[{'_abstractId':'b','name':'B',
            'description':'D','inputFilter':{'version':'1','rules':['equals',['string',['extract','x']],{'y':null}]}}]}]}""";

    @Inject
    Account account;

    // C-7, C-41, C-42, C-43, C-44, C-46
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{'_toolId':'T0'}|tools.0.name missing_required_field",
            "{'name':'a'}|tools.0._toolId missing_required_field",
            "{'_toolId':null,'name':null}|tools.0._toolId missing_required_field, tools.0.name missing_required_field",
            "{'_toolId':'T0','name':''}|tools.0.name missing_required_field",
            "{'_toolId':'T0','name':'a b'}|tools.0.name regexp", "{'_toolId':'T0','name':'é'}|tools.0.name regexp",
            "{'_toolId':'T0','name':'a\\n'}|tools.0.name regexp", "{'_toolId':'T0','name':'a/b'}|tools.0.name regexp",
            "{'_toolId':'T0','name':7}|tools.0.name invalid_field_value",
            "{'_toolId':7,'name':'a'}|tools.0._toolId invalid_field_value",
            "{'_toolId':'0123456789abcdef01234567','name':'a'}|tools.0._toolId invalid_ref",
            "{'_toolId':'17','name':'a'}|tools.0._toolId invalid_ref",
            "{'_toolId':'REFUSED','name':'a'}|tools.0._toolId mcp_server_invalid_tool_input_schema",
            "{'_toolId':'T0','name':'a'},{'_toolId':'T0','name':'b'}|tools.1._toolId mcp_server_duplicate_tool_id",
            "{'_toolId':'T0','name':'a'},{'_toolId':'T1','name':'a'}|tools.1.name mcp_server_duplicate_tool_name",
            "{'_toolId':'T0','name':'a','disabled':'no'}|tools.0.disabled invalid_field_value",
            "{'_toolId':'T0','name':'a','annotations':[]}|tools.0.annotations invalid_field_value",
            "{'_toolId':'T0','name':'a','annotations':{'title':7}}|tools.0.annotations.title invalid_field_value",
            "{'_toolId':'T0','name':'a','annotations':{'readOnlyHint':'yes'}}|tools.0.annotations.readOnlyHint invalid_field_value",
            "{'_toolId':'T0','name':'a','overrides':7}|tools.0.overrides invalid_field_value" })
    void refusesToolsThatDoNotFit(String tools, String faults) {
        assertEquals(set(faults), faults(account.post(account.body("'tools':[" + tools + "]"))));
    }

    // C-41, C-46
    @ParameterizedTest
    @CsvSource({ "128,300,", "129,300,tools.0.name maxlength", "256,300,tools.0.name maxlength",
            "1,301,tools.0.annotations.title maxlength" })
    void boundsNamesAndTitles(int name, int title, String fault) {
        var answer = account.post(account.body("'tools':[{'_toolId':'T0','name':'" + "n".repeat(name)
                + "','annotations':{'title':'" + "t".repeat(title) + "'}}]"));
        if (fault == null) {
            answer.statusCode(201);
        } else {
            assertEquals(Set.of(fault), faults(answer));
        }
    }

    // C-41, C-44: case tells names apart
    @Test
    void takesNamesOfEveryAllowedCharacter() {
        String all = "AZaz09_-.";
        JsonPath made = account
                .make("'tools':[{'_toolId':'T0','name':'%s'},{'_toolId':'T1','name':'%s'},{'_toolId':'T2','name':'.'}]"
                        .formatted(all, all.toLowerCase()));

        assertEquals(List.of(all, all.toLowerCase(), "."), made.getList("tools.name"));
    }

    // C-44, C-54: an API's name counts after all tools
    @Test
    void refusesTwoToolsOfOneNameAcrossToolsAndApis() {
        Set<String> faults = faults(account.post(account.body("""
                'apis':[{'name':'b','_apiId':'0123456789abcdef01234567'},{'name':'a','_apiId':'0123456789abcdef01234567'}],
                'tools':[{'_toolId':'T0','name':'a'},{'_toolId':'T1','name':'b'}]""")));

        assertEquals(Set.of("apis.0.name mcp_server_duplicate_tool_name", "apis.1.name mcp_server_duplicate_tool_name"),
                faults.stream().filter(fault -> fault.contains(".name ")).collect(Collectors.toSet()));
    }

    // C-54
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{'name':'a'}|apis.0._apiId missing_required_field",
            "{'_apiId':'0123456789abcdef01234567','name':'a'}|apis.0._apiId invalid_ref",
            "{'_apiId':'T0','name':'a'}|apis.0._apiId invalid_ref", "{'_apiId':'x','name':'a'}|apis.0._apiId invalid_ref",
            "{'_apiId':'x'}|apis.0._apiId invalid_ref, apis.0.name missing_required_field",
            "{'_apiId':'x','name':'a b'}|apis.0._apiId invalid_ref, apis.0.name regexp",
            "{'_apiId':7,'name':'a'}|apis.0._apiId invalid_field_value", "7|apis.0 invalid_field_value, "
                    + "apis.0._apiId missing_required_field, apis.0.name missing_required_field" })
    void refusesApisThatAreNotThere(String apis, String faults) {
        assertEquals(set(faults), faults(account.post(account.body("'apis':[" + apis + "]"))));
    }

    // C-46
    @Test
    void keepsAnnotationsAsTheyAreGiven() {
        JsonPath made = account.make("""
                'tools':[{'_toolId':'T0','name':'a','annotations':{'title':'T','destructiveHint':true,'idempotentHint':false,
                'openWorldHint':true,'readOnlyHint':false}},{'_toolId':'T1','name':'b','annotations':{}},
                {'_toolId':'T2','name':'c'}]""");

        JsonNode tools = account.read(made.getString("_id")).get("tools");
        assertEquals(Account.parse("{\"title\":\"T\",\"destructiveHint\":true,\"idempotentHint\":false,"
                + "\"openWorldHint\":true,\"readOnlyHint\":false}"), tools.get(0).get("annotations"));
        assertFalse(tools.get(2).has("annotations"));
    }

    // C-47, C-48, C-49, C-50, C-51: as far as their form goes, for the tool has nothing that they name
    @Test
    void keepsOverridesForThisServerAlone() {
        String one = account.create("'tools':[{'_toolId':'T0','name':'a','overrides':" + OVERRIDES + "}]");
        String other = account
                .create("'tools':[{'_toolId':'T0','name':'a','overrides':{'connections':[{'_abstractId':'z'}]}}]");

        assertEquals(Account.parse(OVERRIDES.replace('\'', '"')), account.read(one).at("/tools/0/overrides"));
        assertEquals("z", account.read(other).at("/tools/0/overrides/connections/0/_abstractId").asText());
        account.put(one, account.read(one)).statusCode(200);
        assertEquals(Account.parse(OVERRIDES.replace('\'', '"')), account.read(one).at("/tools/0/overrides"));
        account.put(one, account.body("'tools':[{'_toolId':'T0','name':'a'}]")).statusCode(200);
        assertNull(account.read(one).at("/tools/0").get("overrides"));
    }

    // C-7, C-47, C-48, C-49, C-50, C-52, C-53
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'connections':[{}]|connections.0._abstractId missing_required_field",
            "'connections':[{'_abstractId':''}]|connections.0._abstractId missing_required_field",
            "'connections':[{'_abstractId':'a','_id':'x'}]|connections.0._id invalid_ref",
            "'connections':{}|connections invalid_field_value",
            "'exports':[{'_abstractId':7}]|exports.0._abstractId invalid_field_value",
            "'exports':[{'_abstractId':'a'},{'_abstractId':'b','type':'never'}]|exports.1.type enum",
            "'exports':[{'_abstractId':'a','_connectionId':'x'}]|exports.0._connectionId invalid_ref",
            "'exports':[{'_abstractId':'a','pageSize':'1'}]|exports.0.pageSize invalid_field_value",
            "'exports':[{'_abstractId':'a','skipRetries':1}]|exports.0.skipRetries invalid_field_value",
            "'exports':[{'_abstractId':'a','responseMapping':{'lists':[{'fields':[{'extract':7}]}]}}]"
                    + "|exports.0.responseMapping.lists.0.fields.0.extract invalid_field_value",
            "'imports':[{}]|imports.0._abstractId missing_required_field",
            "'imports':[{'_abstractId':'a','hooks':{'preMap':{'_scriptId':'x'}}}]|imports.0.hooks.preMap._scriptId invalid_ref",
            "'routers':[{}]|routers.0._abstractId missing_required_field",
            "'routers':[{'_abstractId':'a','routeRecordsTo':'all'}]|routers.0.routeRecordsTo enum",
            "'routers':[{'_abstractId':'a','routeRecordsUsing':'luck'}]|routers.0.routeRecordsUsing enum",
            "'routers':[{'_abstractId':'a','branches':[{'inputFilter':{'version':'2'}}]}]"
                    + "|routers.0.branches.0.inputFilter.version enum",
            "'routers':[{'_abstractId':'a','branches':[{'inputFilter':{'rules':{}}}]}]"
                    + "|routers.0.branches.0.inputFilter.rules invalid_field_value" })
    void refusesOverridesThatDoNotFit(String overrides, String faults) {
        assertEquals(Set.of("tools.0.overrides." + faults),
                faults(account.post(account.body("'tools':[{'_toolId':'T0','name':'a','overrides':{" + overrides + "}}]"))));
    }

    // C-48
    @ParameterizedTest
    @ValueSource(strings = { "webhook", "distributed", "test", "delta", "once", "tranlinedelta", "simple", "blob", "all" })
    void knowsEveryTypeOfExport(String type) {
        String overrides = "{\"exports\":[{\"_abstractId\":\"e\",\"type\":\"" + type + "\"}]}";

        assertEquals(Account.parse(overrides), account.read(account.create(
                "'tools':[{'_toolId':'T0','name':'a','overrides':" + overrides + "}]")).at("/tools/0/overrides"));
    }

    // C-6, C-7, C-41: as many as a large account could send
    @Test
    void takesThousandsOfTools() {
        int many = 2_000;
        Catalogue catalogue = account.catalogue(many);

        String id = account.create("'tools':[" + tools(catalogue, many) + "]");

        JsonNode tools = account.read(id).get("tools");
        assertEquals(many, tools.size());
        assertEquals(catalogue.tools(), tools.findValuesAsText("_toolId"));
        account.put(id, account.body("'tools':[" + tools(catalogue, 1) + "]")).statusCode(200);
        assertEquals(1, account.read(id).get("tools").size());
    }

    private static String tools(Catalogue catalogue, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'_toolId':'" + catalogue.tools().get(i) + "','name':'n" + i + "'}")
                .collect(Collectors.joining(","));
    }

    // C-6, C-42
    @ParameterizedTest
    @ValueSource(ints = { 5_000, 10_000 })
    void tellsOfThousandsOfToolsThatAreNotThere(int many) {
        String tools = IntStream.range(0, many).mapToObj(i -> "{'_toolId':'%024x','name':'n%d'}".formatted(i, i))
                .collect(Collectors.joining(","));

        Set<String> faults = faults(account.post(account.body("'tools':[" + tools + "]")));

        assertEquals(true, faults.contains("tools max") || faults.contains("tools.4999._toolId invalid_ref"));
    }
}
