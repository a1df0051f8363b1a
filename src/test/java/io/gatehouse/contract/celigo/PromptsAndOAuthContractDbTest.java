package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.faults;
import static io.gatehouse.contract.celigo.Account.set;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

/** The prompts of a server, and the issuer outside that it trusts. */
@QuarkusTest
class PromptsAndOAuthContractDbTest {

    private static final String ISSUER = "'issuerURL':'https://issuer.example.com/realms/main','audience':'orders'";
    private static final String SECRET = "top-secret-of-the-client";

    @Inject
    Account account;

    @Inject
    Tables tables;

    // C-56, C-57, C-58, C-59, C-60
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{}|prompts.0.name missing_required_field",
            "{'name':' '}|prompts.0.name missing_required_field", "{'name':7}|prompts.0.name invalid_field_value",
            "{'name':'p'},{'name':'q'},{'name':'p'}|prompts.2.name mcp_server_duplicate_prompt_name",
            "{'name':'p','title':7}|prompts.0.title invalid_field_value",
            "{'name':'p','description':[]}|prompts.0.description invalid_field_value",
            "{'name':'p','arguments':{}}|prompts.0.arguments invalid_field_value",
            "{'name':'p','arguments':[{}]}|prompts.0.arguments.0.name missing_required_field",
            "{'name':'p','arguments':[{'name':'a','required':'no'}]}|prompts.0.arguments.0.required invalid_field_value",
            "{'name':'p','arguments':[{'name':'a','suggestions':'x'}]}|prompts.0.arguments.0.suggestions invalid_field_value",
            "{'name':'p','arguments':[{'name':'a','suggestions':['x',7]}]}|prompts.0.arguments.0.suggestions.1 invalid_field_value",
            "{'name':'p','messagesTemplate':[{}]}|prompts.0.messagesTemplate.0.role missing_required_field, "
                    + "prompts.0.messagesTemplate.0.template missing_required_field",
            "{'name':'p','messagesTemplate':[{'role':'system','template':'x'}]}|prompts.0.messagesTemplate.0.role enum",
            "{'name':'p','messagesTemplate':[{'role':'User','template':'x'}]}|prompts.0.messagesTemplate.0.role enum",
            "{'name':'p'},{'name':'q','messagesTemplate':[{'role':'user','template':'x'},{'role':'user','template':'x',"
                    + "'contentType':'pdf'}]}|prompts.1.messagesTemplate.1.contentType enum",
            "{'name':'p','messagesTemplate':[{'role':'user','template':'x','contentType':'video'}]}|prompts.0.messagesTemplate.0.contentType enum",
            "{'name':'p','messagesTemplate':[{'role':'user','template':'x','contentType':'image'}]}"
                    + "|prompts.0.messagesTemplate.0.mimeType mcp_server_prompt_mimetype_required",
            "{'name':'p','messagesTemplate':[{'role':'user','template':'x','contentType':'audio','mimeType':''}]}"
                    + "|prompts.0.messagesTemplate.0.mimeType mcp_server_prompt_mimetype_required" })
    void refusesPromptsThatDoNotFit(String prompts, String faults) {
        assertEquals(set(faults), faults(account.post(account.body("'prompts':[" + prompts + "]"))));
    }

    // C-39, C-57, C-59, C-60
    @Test
    void writesTheDefaultsOfPrompts() {
        String id = account
                .create("""
                        'prompts':[{'name':'p','arguments':[{'name':'a'},{'name':'b','required':false,'description':'B'},
                        {'name':'c','required':null,'suggestions':['x','Y','x']}],'messagesTemplate':[{'role':'user','template':'Do {{a}}'},
                        {'role':'assistant','template':'{{b}}','contentType':'resource'},
                        {'role':'user','template':'{{b}}','contentType':'resource','mimeType':'text/plain'},
                        {'role':'user','template':'{{c}}','contentType':'image','mimeType':'image/png'},
                        {'role':'user','template':'{{c}}','contentType':'audio','mimeType':'audio/wav'}]},
                        {'name':'q','title':'Q','description':'Asks'}]""");

        JsonNode prompts = account.read(id).get("prompts");
        JsonNode arguments = prompts.at("/0/arguments");
        assertEquals(Account.parse("{\"name\":\"a\",\"required\":true}"), arguments.get(0));
        assertEquals(Account.parse("{\"name\":\"b\",\"required\":false,\"description\":\"B\"}"), arguments.get(1));
        assertEquals(Account.parse("{\"name\":\"c\",\"required\":true,\"suggestions\":[\"x\",\"Y\"]}"), arguments.get(2));
        assertEquals(Account.parse("{\"role\":\"user\",\"contentType\":\"text\",\"template\":\"Do {{a}}\"}"),
                prompts.at("/0/messagesTemplate/0"));
        assertEquals("[\"text\",\"resource\",\"resource\",\"image\",\"audio\"]",
                Account.JSON.valueToTree(prompts.get(0).get("messagesTemplate").findValuesAsText("contentType")).toString());
        assertEquals("Q", prompts.at("/1/title").asText());
        assertEquals("Asks", prompts.at("/1/description").asText());
    }

    // C-60
    @Test
    void ignoresTheMediaTypeOfAText() {
        account.make("'prompts':[{'name':'p','messagesTemplate':[{'role':'user','template':'x','mimeType':'nonsense'}]}]");
    }

    // C-63, C-64, C-65, C-66
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'useIntrospection':true|oauth.issuerURL missing_required_field, oauth.audience missing_required_field, "
                    + "oauth.clientId missing_required_field, oauth.clientSecret missing_required_field",
            "|oauth.issuerURL missing_required_field, oauth.audience missing_required_field",
            "'issuerURL':'https://i.example.com'|oauth.audience missing_required_field",
            "'issuerURL':'https://i.example.com','audience':''|oauth.audience missing_required_field",
            "'audience':'a'|oauth.issuerURL missing_required_field",
            "'audience':'a','issuerURL':' '|oauth.issuerURL missing_required_field",
            "'audience':'a','issuerURL':'i.example.com'|oauth.issuerURL invalid_uri",
            "'audience':'a','issuerURL':'//i.example.com'|oauth.issuerURL invalid_uri",
            "'audience':'a','issuerURL':'ftp://i.example.com'|oauth.issuerURL invalid_uri",
            "'audience':'a','issuerURL':'javascript:alert(1)'|oauth.issuerURL invalid_uri",
            "'audience':'a','issuerURL':'https://'|oauth.issuerURL invalid_uri",
            "'audience':'a','issuerURL':'https://i i'|oauth.issuerURL invalid_uri",
            "'audience':'a','issuerURL':7|oauth.issuerURL invalid_field_value",
            "ISSUER,'scopes':['mcp:read','all']|oauth.scopes.1 enum",
            "ISSUER,'scopes':['MCP:READ']|oauth.scopes.0 enum", "ISSUER,'scopes':'mcp:read'|oauth.scopes invalid_field_value",
            "ISSUER,'useIntrospection':'yes'|oauth.useIntrospection invalid_field_value",
            "ISSUER,'useIntrospection':true,'clientSecret':'s'|oauth.clientId missing_required_field",
            "ISSUER,'useIntrospection':true,'clientId':'c'|oauth.clientSecret missing_required_field",
            "ISSUER,'useIntrospection':true,'clientId':null,'clientSecret':null|oauth.clientId missing_required_field, oauth.clientSecret missing_required_field",
            "ISSUER,'useIntrospection':true,'clientId':'c','clientSecret':'******'|oauth.clientSecret missing_required_field" })
    void refusesAnIssuerThatDoesNotFit(String oauth, String faults) {
        String particulars = oauth == null ? "" : oauth.replace("ISSUER", ISSUER);
        assertEquals(set(faults), faults(account.post(account.body("'oauth':{" + particulars + "}"))));
    }

    // C-64, C-65, C-66
    @ParameterizedTest
    @ValueSource(strings = { "'issuerURL':'http://localhost:8080/realms/a','audience':'a'",
            "'issuerURL':'HTTPS://Issuer.example.com','audience':'a','scopes':[]",
            ISSUER + ",'scopes':['mcp:write','mcp:read']",
            ISSUER + ",'useIntrospection':true,'clientId':'c','clientSecret':'s'", ISSUER + ",'clientId':'c'" })
    void keepsAnIssuerAsItIsGiven(String oauth) {
        JsonNode kept = account.read(account.create("'oauth':{" + oauth + "}")).get("oauth");

        ObjectNode given = Account.parse("{" + oauth.replace('\'', '"') + "}");
        given.properties().forEach(field -> assertEquals(
                field.getKey().equals("clientSecret") ? Account.JSON.getNodeFactory().textNode("******") : field.getValue(),
                kept.get(field.getKey())));
        assertEquals(given.path("useIntrospection").asBoolean(), kept.get("useIntrospection").asBoolean());
    }

    // C-62
    @Test
    void neverShowsAClientSecret() {
        ObjectNode body = account.body("'oauth':{" + ISSUER + ",'clientId':'c','clientSecret':'" + SECRET + "'}");
        String id = account.post(body).statusCode(201).body("oauth.clientSecret", equalTo("******")).extract().path("_id");

        account.put(id, body).statusCode(200).body("oauth.clientSecret", equalTo("******"));
        account.get(id).body("oauth.clientSecret", equalTo("******"));
        body.put("name", "");
        account.put(id, body).statusCode(422).body(not(containsString(SECRET)));

        account.api().get("/api/mcp/mcp_servers/" + account.handle(id)).then().body(not(containsString(SECRET)));
        assertFalse(tables.rows("select * from mcp_server where object_id = ?", id).toString().contains(SECRET));
        assertFalse(tables.audit(id).toString().contains(SECRET));
    }

    // C-62
    @Test
    void keepsReplacesAndClearsTheStoredSecret() {
        String introspects = ISSUER + ",'useIntrospection':true,'clientId':'c'";
        String id = account.create("'oauth':{" + introspects + ",'clientSecret':'first'}");
        String first = sealed(id);

        put(id, introspects + ",'clientSecret':'******'");
        assertEquals(first, sealed(id));
        put(id, introspects + ",'clientSecret':'second'");
        assertNotEquals(first, sealed(id));
        assertEquals(Set.of("oauth.clientSecret missing_required_field"),
                faults(account.put(id, account.body("'oauth':{" + introspects + ",'clientSecret':null}"))));
        put(id, ISSUER + ",'clientId':'c','clientSecret':null");
        assertNull(sealed(id));
        assertFalse(account.read(id).get("oauth").has("clientSecret"));
        assertEquals(Set.of("oauth.clientSecret missing_required_field"),
                faults(account.put(id, account.body("'oauth':{" + introspects + ",'clientSecret':'******'}"))));
    }

    private void put(String id, String oauth) {
        account.put(id, account.body("'oauth':{" + oauth + "}")).statusCode(200);
    }

    private String sealed(String id) {
        return tables.value("select sealed_client_secret from mcp_server where object_id = ?", id);
    }

    // C-62: as if it were not sent
    @Test
    void takesAMaskedSecretOfANewServerForNone() {
        String id = account.create("'oauth':{" + ISSUER + ",'clientSecret':'******'}");

        assertNull(sealed(id));
        assertFalse(account.read(id).get("oauth").has("clientSecret"));
    }

    // C-39, C-69, C-71
    @ParameterizedTest
    @ValueSource(strings = { "'oauth':{'useIntrospection':false},", "'oauth':null,", "" })
    void removesTheIssuer(String none) {
        String id = account.create("'oauth':{" + ISSUER + ",'clientSecret':'s'}");

        account.put(id, account.body(none + "'name':'x'")).statusCode(200)
                .body("oauth", equalTo(Map.of("useIntrospection", false)));

        assertNull(sealed(id));
        account.post(account.body(none + "'name':'x'")).statusCode(201).body("oauth",
                equalTo(Map.of("useIntrospection", false)));
    }
}
