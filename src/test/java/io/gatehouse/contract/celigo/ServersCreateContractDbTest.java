package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.gatehouse.contract.celigo.Account.faults;
import static io.gatehouse.contract.celigo.Account.set;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.testing.AtOnce;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** {@code POST /v1/mcpservers}: what a new server is like, and what of it is refused. */
@QuarkusTest
class ServersCreateContractDbTest {

    private static final String ALL = "a".repeat(131_071);

    @Inject
    Account account;

    // C-30, C-31, C-34, C-36, C-39, C-40
    @Test
    void makesTheLeastServerWithAllDefaultsWritten() {
        String uri = Account.uri();

        ValidatableResponse made = account.post("{\"name\":\"Least\",\"relativeURI\":\"" + uri + "\"}").statusCode(201)
                .contentType("application/json").body("_id", matchesPattern("[0-9a-f]{24}"))
                .body("_userId", matchesPattern("[0-9a-f]{24}"));

        Map<String, Object> server = made.extract().path("$");
        assertEquals(Set.of("_id", "_userId", "name", "relativeURI", "disabled", "tools", "apis", "prompts", "oauth",
                "createdAt", "lastModified"), server.keySet());
        assertEquals(List.of("Least", uri, true, List.of(), List.of(), List.of(), Map.of("useIntrospection", false)),
                List.of(server.get("name"), server.get("relativeURI"), server.get("disabled"), server.get("tools"),
                        server.get("apis"), server.get("prompts"), server.get("oauth")));
        Duration age = Duration.between(Instant.parse((String) server.get("createdAt")), Instant.now());
        assertFalse(age.isNegative() || age.compareTo(Duration.ofMinutes(1)) > 0, age.toString());
        made.header("Location", matchesPattern(".*" + SERVERS + "/" + server.get("_id")));
    }

    // C-31, C-34, C-35, C-36, C-40, C-70
    @Test
    void makesAServerWithEverything() {
        JsonPath made = account.make("""
                'name':'All','description':'D','disabled':false,'tools':[
                {'_toolId':'T1','name':'on','disabled':false,'annotations':{'title':'On','readOnlyHint':true}},
                {'_toolId':'T0','name':'off'}],'apis':[],'prompts':[{'name':'p'}],
                'oauth':{'issuerURL':'https://issuer.example.com','audience':'a'}""");

        assertEquals(List.of("D", false), List.of(made.getString("description"), made.getBoolean("disabled")));
        assertEquals(List.of("on", "off"), made.getList("tools.name"));
        assertEquals(List.of(false, true), made.getList("tools.disabled"));
        assertEquals(account.catalogue().tools().get(1), made.getString("tools[0]._toolId"));
        assertEquals(made.<Map<String, Object>> get("$"), account.get(made.getString("_id")).extract().path("$"));
    }

    // C-14, C-40
    @Test
    void ignoresWhatIsUnknownAndWhatIsReadOnly() {
        JsonPath made = account.make("""
                '_id':'000000000000000000000000','_userId':'000000000000000000000001','createdAt':'2001-01-01T00:00:00Z',
                'lastModified':7,'deletedAt':'2001-01-01T00:00:00Z','unknown':{'a':[1]},'$set':null,'handle':'mine',
                'tools':[{'_toolId':'T0','name':'a','unknown':1,'annotations':{'unknown':1}}],
                'prompts':[{'name':'p','unknown':1}]""");

        assertFalse(made.getString("_id").startsWith("0000") || made.getString("_userId").startsWith("0000"));
        assertFalse(made.getString("createdAt").startsWith("2001"));
        String text = account.read(made.getString("_id")).toString();
        assertFalse(text.contains("unknown") || text.contains("$set") || text.contains("deletedAt") || text.contains("mine"),
                text);
    }

    // C-7, C-31, C-32, C-37
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "'name':null|name missing_required_field",
            "'name':''|name missing_required_field",
            "'name':' \\t'|name missing_required_field", "'name':7|name invalid_field_value",
            "'name':['x']|name invalid_field_value", "'relativeURI':null|relativeURI missing_required_field",
            "'relativeURI':''|relativeURI regexp", "'relativeURI':'a'|relativeURI regexp",
            "'relativeURI':'/'|relativeURI regexp", "'relativeURI':'/a/b'|relativeURI regexp",
            "'relativeURI':'/a b'|relativeURI regexp", "'relativeURI':'/a.b'|relativeURI regexp",
            "'relativeURI':'/a\\n'|relativeURI regexp", "'relativeURI':'/é'|relativeURI regexp",
            "'relativeURI':'//a'|relativeURI regexp", "'relativeURI':' /a'|relativeURI regexp",
            "'relativeURI':'/a\\u0000'|relativeURI regexp", "'relativeURI':7|relativeURI invalid_field_value",
            "'description':7|description invalid_field_value", "'disabled':'false'|disabled invalid_field_value",
            "'disabled':0|disabled invalid_field_value", "'tools':{}|tools invalid_field_value",
            "'tools':'x'|tools invalid_field_value", "'apis':7|apis invalid_field_value",
            "'prompts':true|prompts invalid_field_value", "'oauth':[]|oauth invalid_field_value",
            "'url':7,'relativeURI':null|url invalid_field_value, relativeURI missing_required_field" })
    void namesTheFieldThatIsWrong(String particulars, String faults) {
        assertEquals(set(faults), faults(account.post(account.body(particulars))));
    }

    // C-5, C-31, C-37
    @Test
    void requiresANameAndARelativeUri() {
        assertEquals(Set.of("name missing_required_field", "relativeURI missing_required_field"),
                faults(account.post("{}")));
    }

    // C-31, C-32, C-37
    @Test
    void takesTheLongestAndRefusesWhatIsLonger() {
        String most = "'name':'" + "n".repeat(300) + "','description':'" + "d".repeat(1000) + "'";
        account.post(account.body(most)).statusCode(201);
        assertEquals(Set.of("name maxlength"), faults(account.post(account.body("'name':'" + "n".repeat(301) + "'"))));
        assertEquals(Set.of("description maxlength"),
                faults(account.post(account.body("'description':'" + "d".repeat(1001) + "'"))));
    }

    // C-32, C-37, C-38
    @Test
    void takesARelativeUriOf131072CharactersOnce() {
        String id = account.post(account.body("'relativeURI':'/" + ALL + "'")).statusCode(201).extract().path("_id");

        assertEquals("/" + ALL, account.read(id).get("relativeURI").asText());
        assertEquals(Set.of("relativeURI mcp_server_duplicate_relative_uri"),
                faults(account.post(account.body("'relativeURI':'/" + ALL + "'"))));
        assertEquals(Set.of("relativeURI maxlength"), faults(account.post(account.body("'relativeURI':'/a" + ALL + "'"))));
        account.delete(id).statusCode(204);
    }

    // C-32
    @ParameterizedTest
    @ValueSource(strings = { "_", "-", "0", "A-Z_a-z-0-9", "mcps-x" })
    void takesEveryAllowedCharacter(String segment) {
        String uri = Account.uri() + segment;

        assertEquals(uri, account.make("'relativeURI':'" + uri + "'").getString("relativeURI"));
    }

    // C-33
    @ParameterizedTest
    @CsvSource({ "https://mcp.example.com,", "http://localhost:8080,?a=b#c", "https://user@[::1]:1,#c", "http://mcp_1:8080," })
    void takesThePathOfAUrlForTheRelativeUri(String before, String after) {
        String uri = Account.uri();

        JsonPath made = account.make("'url':'" + before + uri + (after == null ? "" : after) + "'");

        assertEquals(uri, made.getString("relativeURI"));
        assertFalse(made.getMap("$").containsKey("url"));
    }

    // C-33
    @Test
    void prefersTheRelativeUriToAUrl() {
        String uri = Account.uri();

        for (String url : List.of("https://mcp.example.com/other", "nonsense", "")) {
            String id = account.make("'relativeURI':'" + uri + "','url':'" + url + "'").getString("_id");
            assertEquals(uri, account.read(id).get("relativeURI").asText());
            account.delete(id).statusCode(204);
        }
    }

    // C-33
    @ParameterizedTest
    @CsvSource({ "nonsense,url invalid_uri", "mcp.example.com/a,url invalid_uri", "/a,url invalid_uri",
            "https://,url invalid_uri", "http://a b/c,url invalid_uri", "https://mcp.example.com,relativeURI regexp",
            "https://mcp.example.com/,relativeURI regexp", "https://mcp.example.com/a/b,relativeURI regexp",
            "https://mcp.example.com/a.b,relativeURI regexp", "https://mcp.example.com/%41,relativeURI regexp",
            "mailto:a@example.com,url invalid_uri" })
    void refusesAUrlWithoutAnUsablePath(String url, String fault) {
        assertEquals(true, faults(account.post(account.body("'url':'" + url + "'"))).contains(fault));
    }

    // C-34, C-35
    @ParameterizedTest
    @ValueSource(strings = { "", ",'tools':[]", ",'tools':[{'_toolId':'T0','name':'a'}]",
            ",'tools':[{'_toolId':'T0','name':'a','disabled':true}],'prompts':[{'name':'p'}]" })
    void turnsNoServerOnWithoutATool(String more) {
        assertEquals(Set.of("disabled mcp_server_no_enabled_tools"),
                faults(account.post(account.body("'disabled':false" + more))));
    }

    // C-38
    @Test
    void refusesARelativeUriThatIsTaken() {
        String uri = account.make("").getString("relativeURI");

        assertEquals(Set.of("relativeURI mcp_server_duplicate_relative_uri"),
                faults(account.post(account.body("'relativeURI':'" + uri + "'"))));
        account.make("'relativeURI':'" + uri.replace("uri", "URI") + "'");
    }

    // C-38
    @Test
    void letsOneOfManyHaveARelativeUri() {
        ObjectNode body = account.body("");
        account.catalogue();

        List<Integer> answers = AtOnce.times(8, i -> account.post(body).extract().statusCode());

        assertEquals(List.of(201, 422, 422, 422, 422, 422, 422, 422), answers.stream().sorted().toList());
    }

    // C-6, C-7
    @Test
    void tellsEverythingThatIsWrongInOneAnswer() {
        account.catalogue();
        Set<String> faults = faults(account.post(account.body("""
                'name':'','relativeURI':'x','description':7,'disabled':false,
                'tools':[{'name':'a'},{'_toolId':'T0'},{'_toolId':'zz','name':'a b'},7,{'_toolId':'REFUSED','name':'b',
                'overrides':{'exports':[{'type':'never'}]}}],'apis':[{'name':'c'}],
                'prompts':[{'name':'p','messagesTemplate':[{'role':'system','template':'x'}]},{'name':'p'}],
                'oauth':{'useIntrospection':true,'scopes':['mcp:read','all']}""")));

        assertEquals(Set.of("name missing_required_field", "relativeURI regexp", "description invalid_field_value",
                "disabled mcp_server_no_enabled_tools", "tools.0._toolId missing_required_field",
                "tools.1.name missing_required_field", "tools.2._toolId invalid_ref", "tools.2.name regexp",
                "tools.3 invalid_field_value", "tools.3._toolId missing_required_field",
                "tools.3.name missing_required_field", "tools.4._toolId mcp_server_invalid_tool_input_schema",
                "tools.4.overrides.exports.0._abstractId missing_required_field", "tools.4.overrides.exports.0.type enum",
                "apis.0._apiId missing_required_field", "prompts.0.messagesTemplate.0.role enum",
                "prompts.1.name mcp_server_duplicate_prompt_name", "oauth.issuerURL missing_required_field",
                "oauth.audience missing_required_field", "oauth.clientId missing_required_field",
                "oauth.clientSecret missing_required_field", "oauth.scopes.1 enum"), faults);
    }
}
