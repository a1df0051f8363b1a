package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.gatehouse.contract.celigo.Account.faults;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;

/** Requests that no well-meaning client sends. */
@QuarkusTest
class BadInputContractDbTest {

    private static final String JSON = "application/json";

    @Inject
    Account account;

    /** No operation with a body takes it for JSON. */
    private void isNoJson(byte[] body) {
        String one = SERVERS + "/" + account.create("");
        List.of(account.send("POST", SERVERS, JSON, body), account.send("PUT", one, JSON, body),
                account.send("PATCH", one, JSON, body)).forEach(answer -> {
                    assertEquals(400, answer.statusCode(), answer.body());
                    JsonNode errors = Account.parse(answer.body()).get("errors");
                    assertEquals(1, errors.size());
                    assertEquals("invalid_json", errors.get(0).get("code").asText());
                });
    }

    private void isNoJson(String body) {
        isNoJson(body.getBytes(StandardCharsets.UTF_8));
    }

    // C-5, C-9, C-10
    @ParameterizedTest
    @ValueSource(strings = { "", " ", "{", "}", "[", "{\"name\"}", "{\"name\":}", "{\"name\":\"x\",}", "{'name':'x'}",
            "{name:1}",
            "nul", "NaN", "{\"a\":NaN}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":\"\\x\"}", "{\"a\":\"\n\"}", "{\"a\":\"\\ud8\"}",
            "{} {}", "[] x", "{\"a\":1}//", "\u0000", "<xml/>", "\ufeff\ufeff{}" })
    void callsWhatIsNoJsonByItsName(String body) {
        isNoJson(body);
    }

    // C-5, C-9, C-10
    @ParameterizedTest
    @ValueSource(ints = { 101, 1_000, 100_000 })
    void refusesJsonThatIsTooDeep(int depth) {
        isNoJson("{\"name\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
        isNoJson("[".repeat(depth));
        isNoJson("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    // C-5, C-9, C-10
    @Test
    void refusesBytesThatAreNoText() {
        for (String bad : List.of("ff", "c328", "e4", "80", "e28228")) {
            isNoJson(HexFormat.of().parseHex("7b226e616d65223a2261" + bad + "62227d"));
        }
    }

    // C-9, C-37: what a lenient reader takes for characters
    @ParameterizedTest
    @ValueSource(strings = { "c080", "eda080", "f5808080", "edb080eda080" })
    void keepsNoBytesThatAreAlmostText(String bad) {
        String uri = HexFormat.of().formatHex(Account.uri().getBytes(StandardCharsets.UTF_8));
        byte[] body = HexFormat.of()
                .parseHex("7b2272656c6174697665555249223a22" + uri + "222c226e616d65223a2261" + bad + "62227d");

        int status = account.send("POST", SERVERS, JSON, body).statusCode();

        assertTrue(status == 400 || status == 422, Integer.toString(status));
    }

    // C-9: well-formed, and no server
    @ParameterizedTest
    @ValueSource(strings = { "[]", "7", "null", "true", "\"x\"", "[{}]" })
    void refusesJsonThatIsNoObject(String body) {
        account.post(body).statusCode(422).body("errors.size()", equalTo(1));
        account.put(account.create(""), body).statusCode(422).body("errors.size()", equalTo(1));
    }

    // C-9
    @ParameterizedTest
    @ValueSource(strings = { "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data",
            "multipart/form-data; boundary=x", "application/octet-stream", "nonsense", "application/",
            "application/json-patch+json" })
    void refusesBodiesOfOtherTypes(String type) {
        for (String method : List.of("POST", "PUT")) {
            isRefused(method, type);
        }
        if (!type.contains("patch")) {
            isRefused("PATCH", type);
        }
    }

    private void isRefused(String method, String type) {
        String path = method.equals("POST") ? "" : "/" + account.create("");
        String body = method.equals("PATCH") ? "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"x\"}]"
                : account.body("").toString();

        HttpResponse<String> answer = account.send(method, SERVERS + path, type, body.getBytes(StandardCharsets.UTF_8));

        assertEquals(400, answer.statusCode(), method + " " + type + ": " + answer.body());
        assertTrue(Account.parse(answer.body()).has("errors"), answer.body());
    }

    // C-7, C-37
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "'name':'aBADb'|name", "'description':'aBADb'|description",
            "'relativeURI':'/aBADb'|relativeURI", "'tools':[{'_toolId':'T0','name':'aBADb'}]|tools.0.name",
            "'tools':[{'_toolId':'T0','name':'a','annotations':{'title':'aBADb'}}]|tools.0.annotations.title",
            "'tools':[{'_toolId':'aBADb','name':'a'}]|tools.0._toolId", "'prompts':[{'name':'pBADb'}]|prompts.0.name",
            "'prompts':[{'name':'p','title':'aBADb'}]|prompts.0.title",
            "'prompts':[{'name':'p','description':'aBADb'}]|prompts.0.description",
            "'prompts':[{'name':'p','arguments':[{'name':'aBADb'}]}]|prompts.0.arguments.0.name",
            "'prompts':[{'name':'p','messagesTemplate':[{'role':'user','template':'aBADb'}]}]|prompts.0.messagesTemplate.0.template",
            "'oauth':{'issuerURL':'https://i.example.com/aBADb','audience':'a'}|oauth.issuerURL",
            "'oauth':{'issuerURL':'https://i.example.com','audience':'aBADb'}|oauth.audience",
            "'oauth':{'issuerURL':'https://i.example.com','audience':'a','clientId':'aBADb'}|oauth.clientId",
            "'oauth':{'issuerURL':'https://i.example.com','audience':'a','clientSecret':'aBADb'}|oauth.clientSecret",
            "'url':'https://i.example.com/aBADb'|url" })
    void refusesCharactersThatNoTextHas(String particulars, String field) {
        String template = account.body(particulars).toString();
        for (String bad : List.of("\\u0000", "\\u001f", "\\ud800", "\\udc00\\ud800")) {
            Set<String> faults = faults(account.post(template.replace("BAD", bad)));
            assertTrue(faults.stream().anyMatch(fault -> fault.startsWith(field + " ")), bad + ": " + faults);
        }
    }

    // C-31: pairs of surrogates are characters like others
    @Test
    void takesCharactersOfEveryPlane() {
        String id = account.create("'name':'Zoë 東京 😀','description':'line\\n\\ttab 😀','prompts':[{'name':'😀'}]");

        JsonNode server = account.read(id);
        assertEquals("Zoë 東京 😀", server.get("name").asText());
        assertEquals("line\n\ttab 😀", server.get("description").asText());
        assertEquals("😀", server.at("/prompts/0/name").asText());
    }

    // C-9, C-48
    @ParameterizedTest
    @ValueSource(strings = { "1e400", "-1e999999999", "1e-999999999" })
    void keepsNoNumberThatItCannotShow(String number) {
        Response answer = account.api()
                .body("{\"name\":\"n\",\"relativeURI\":\"" + Account.uri() + "\",\"tools\":[{\"_toolId\":\""
                        + account.catalogue().tools().get(0)
                        + "\",\"name\":\"a\",\"overrides\":{\"exports\":[{\"_abstractId\":\"e\",\"pageSize\":"
                        + number + "}]}}]}")
                .post(SERVERS);

        if (answer.statusCode() == 201) {
            assertTrue(Account.parse(answer.asString()).at("/tools/0/overrides/exports/0/pageSize").isNumber(),
                    answer.asString());
        } else {
            answer.then().statusCode(lessThan(500));
        }
    }

    // C-9
    @ParameterizedTest
    @CsvSource({ "disabled,1e400", "disabled,99999999999999999999999999", "name,1e999999999", "unknown,1e999999999",
            "tools,-0" })
    void survivesHugeNumbers(String field, String number) {
        account.api().body("{\"" + field + "\":" + number + "}").post(SERVERS).then().statusCode(422);
        account.api().body("{\"" + field + "\":" + "9".repeat(2_000) + "}").post(SERVERS).then().statusCode(400);
    }

    // C-6
    @Test
    void refusesMoreToolsThanAServerHasWithoutLookingForThem() {
        String tools = IntStream.range(0, 70_000).mapToObj(i -> "{'_toolId':'" + String.format("%024x", i) + "','name':'t" + i
                + "'}").collect(Collectors.joining(","));

        account.post(account.body("'tools':[" + tools + "]")).statusCode(422).body("errors.code", equalTo(List.of("max")))
                .body("errors.field", equalTo(List.of("tools")));
    }

    // C-31: characters are counted, not what they are stored in
    @Test
    void countsCharactersOfEveryScriptAlike() {
        account.post(account.body("'name':'" + "\uD83D\uDCA5".repeat(300) + "'")).statusCode(201);
        account.post(account.body("'name':'" + "\uD83D\uDCA5".repeat(301) + "'")).statusCode(422)
                .body("errors[0].code", equalTo("maxlength"));
    }

    // C-24
    @Test
    void takesNoSemicolonInAQuery() {
        Response answer = account.api().urlEncodingEnabled(false).get(SERVERS + "?include=name;drop");

        assertEquals(List.of(400, "invalid_query_params"),
                List.of(answer.statusCode(), answer.jsonPath().getString("errors[0].code")));
    }

    // C-64
    @Test
    void takesIssuersOfPrivateNames() {
        account.post(account.body("'oauth':{'issuerURL':'http://my_issuer:8080/realms/a','audience':'a'}")).statusCode(201);
    }

    // C-9
    @Test
    void refusesBodiesOfNoType() {
        for (String type : new String[] { null, "*/*", "application/*", "x" }) {
            assertEquals(400, account.send("POST", SERVERS, type, "{}".getBytes(StandardCharsets.UTF_8)).statusCode());
        }
    }

    // C-11, C-77
    @Test
    void takesCapitalsForAnIdOfNothing() {
        account.api().get(SERVERS + "/" + "F".repeat(24) + "/dependencies").then().statusCode(200).body("size()", equalTo(0));
        account.api().get(SERVERS + "/" + "F".repeat(24)).then().statusCode(404);
    }

    // C-48, C-50
    @ParameterizedTest
    @ValueSource(strings = { "[1e400]", "[{\"a\":\"\\ud800\"}]", "{}" })
    void keepsNoRulesThatItCouldNotGiveBack(String rules) {
        String body = account.body("'tools':[{'_toolId':'T0','name':'a','overrides':{'routers':[{'_abstractId':'r',"
                + "'branches':[{'inputFilter':{'version':'1','rules':'RULES'}}]}]}}]").toString();

        account.post(body.replace("\"RULES\"", rules)).statusCode(422)
                .body("errors.field", equalTo(List.of("tools.0.overrides.routers.0.branches.0.inputFilter.rules")));
    }
}
