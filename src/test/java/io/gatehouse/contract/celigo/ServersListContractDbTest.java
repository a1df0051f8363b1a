package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** {@code GET /v1/mcpservers}: pages and projections. */
@QuarkusTest
class ServersListContractDbTest {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final String BOTH = "Please provide either include or exclude param in the request query and not both.";

    @Inject
    Account account;

    @Inject
    OtherAccount other;

    /** An account for one test alone. */
    private RequestSpecification as(String token) {
        return given().auth().oauth2(token).urlEncodingEnabled(false).contentType("application/json");
    }

    private List<String> populate(String token, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(as(token).body(account.body("'name':'n" + i + "'").toString()).post(SERVERS).then().statusCode(201)
                    .extract().path("_id"));
        }
        return ids;
    }

    // C-15, C-16
    @Test
    void answersAnAccountWithoutServersWithNoContent() {
        String token = other.found();

        for (String query : List.of("", "?skip=7", "?limit=1", "?include=name")) {
            as(token).get(SERVERS + query).then().statusCode(204).body(emptyString()).header("Link", nullValue());
        }
    }

    // C-16, C-19
    @Test
    void answersAnAccountWhoseServersAreDeletedWithNoContent() {
        OtherAccount.Owned owned = other.furnish();
        as(owned.token()).get(SERVERS).then().statusCode(200).body("_id", equalTo(List.of(owned.server())));

        as(owned.token()).delete(SERVERS + "/" + owned.server()).then().statusCode(204);

        as(owned.token()).get(SERVERS).then().statusCode(204).body(emptyString());
    }

    // C-15, C-16, C-17, C-18
    @Test
    void leadsThroughAllPagesByLinks() {
        OtherAccount.Owned owned = other.furnish();
        List<String> ids = new ArrayList<>(List.of(owned.server()));
        ids.addAll(populate(owned.token(), 4));

        List<String> seen = new ArrayList<>();
        String next = SERVERS + "?exclude=tools,apis&limit=2";
        int pages = 0;
        while (next != null) {
            Response page = as(owned.token()).get(next);
            page.then().statusCode(200);
            assertFalse(page.asString().contains("\"tools\""), next);
            seen.addAll(page.jsonPath().getList("_id"));
            pages++;
            next = next(page);
        }

        assertEquals(ids, seen);
        assertEquals(3, pages);
        as(owned.token()).get(SERVERS + "?limit=5").then().statusCode(200).header("Link", nullValue());
        as(owned.token()).get(SERVERS + "?skip=5").then().statusCode(200).body("$", equalTo(List.of()))
                .header("Link", nullValue());
        as(owned.token()).get(SERVERS + "?skip=2147480000").then().statusCode(200).body("$", equalTo(List.of()));
    }

    private static String next(Response page) {
        String link = page.header("Link");
        if (link == null) {
            return null;
        }
        Matcher next = NEXT.matcher(link);
        assertTrue(next.matches(), link);
        return next.group(1);
    }

    // C-9, C-10, C-18
    @ParameterizedTest
    @ValueSource(strings = { "limit=0", "limit=-1", "limit=1001", "limit=x", "limit=1.5", "limit=1&limit=2", "skip=-1",
            "skip=x", "skip=99999999999999999999", "skip=0x1", "limit=99999999999999999999" })
    void refusesPagesThatAreNone(String query) {
        refuses(query);
    }

    private ValidatableResponse refuses(String query) {
        return account.api().urlEncodingEnabled(false).get(SERVERS + "?" + query).then().statusCode(400)
                .body("errors.size()", equalTo(1)).body("errors[0].code", equalTo("invalid_query_params"));
    }

    // C-21, C-22, C-23, C-26, C-29
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "include=description|{'description':'D'}",
            "include=nope,nope.more,description.deeper,name.deeper,_id|{}",
            "include=tools.name|{'tools':[{'name':'a'},{'name':'b'}]}",
            "include=tools.annotations.title,apis|{'tools':[{'annotations':{'title':'A'}},{}],'apis':[]}",
            "include=oauth.clientSecret|{'oauth':{'clientSecret':'******'}}",
            "include=oauth.issuerURL,oauth.nope|{'oauth':{'issuerURL':'https://issuer.example.com'}}",
            "include=deletedAt.year|{}",
            "include=,description,,|{'description':'D'}",
            "include=description&exclude=|{'description':'D'}",
            "include=&exclude=_userId,relativeURI,disabled,tools,apis,prompts,oauth,createdAt,lastModified|{'description':'D'}",
            "exclude=_id,name,_userId,relativeURI,disabled,tools,apis,prompts,oauth,createdAt,lastModified,nope|{'description':'D'}",
            "exclude=description,_userId,relativeURI,disabled,tools._toolId,tools.disabled,tools.annotations,apis,prompts,oauth,createdAt,lastModified|{'tools':[{'name':'a'},{'name':'b'}]}",
    })
    void showsWhatIsAskedFor(String query, String shown) {
        OtherAccount.Owned owned = other.furnish();
        String token = owned.token();
        String tool = "{\"_toolId\":\"" + owned.tool() + "\",\"name\":\"a\",\"annotations\":{\"title\":\"A\"}}";
        as(token)
                .body(account
                        .body("'name':'N','description':'D','oauth':{'issuerURL':'https://issuer.example.com','audience':'a',"
                                + "'clientSecret':'s'},'tools':[" + tool.replace('"', '\'') + "]")
                        .toString())
                .post(SERVERS).then().statusCode(201);
        secondTool(token, owned);

        Map<String, Object> entry = as(token).get(SERVERS + "?" + query).then().statusCode(200).extract()
                .path("find { it.name == 'N' }");

        assertTrue(entry.remove("_id") instanceof String);
        assertEquals("N", entry.remove("name"));
        assertEquals(Account.parse(shown.replace('\'', '"')), Account.JSON.valueToTree(entry));
    }

    private void secondTool(String token, OtherAccount.Owned owned) {
        String id = as(token).get(SERVERS).then().extract().path("find { it.name == 'N' }._id");
        var body = Account.parse(as(token).get(SERVERS + "/" + id).asString());
        body.withArray("tools").addObject().put("_toolId", other.tool(owned)).put("name", "b");
        as(token).body(body.toString()).put(SERVERS + "/" + id).then().statusCode(200);
    }

    // C-26
    @ParameterizedTest
    @ValueSource(strings = { "", "include", "include=", "exclude", "exclude=", "include=&exclude=", "include=,", "unknown=1" })
    void showsEverythingWhereNothingIsAskedFor(String query) {
        String id = account.create("'description':'D'");

        Map<String, Object> entry = find(query, id);

        assertEquals(Account.JSON.convertValue(account.read(id), Map.class), entry);
    }

    private Map<String, Object> find(String query, String id) {
        String next = SERVERS + "?limit=1000" + (query.isEmpty() ? "" : "&" + query);
        while (next != null) {
            Response page = account.api().urlEncodingEnabled(false).get(next);
            Map<String, Object> found = page.then().statusCode(200).extract().path("find { it._id == '" + id + "' }");
            if (found != null) {
                return found;
            }
            next = next(page);
        }
        throw new AssertionError(id + " is not listed");
    }

    // C-9, C-24, C-27
    @ParameterizedTest
    @ValueSource(strings = { "include=a-b", "include=a%20b", "include=a%3Bb", "include=na%C3%AFve", "include=%00",
            "include=$where", "include=tools[0]", "exclude=a*", "exclude=%22", "include[]=name", "include%5B%5D=name",
            "include[0]=name", "exclude[]=name", "exclude[x]=", "include=name&include=description",
            "exclude=name&exclude=name", "include=%ff" })
    void refusesListsOfFieldsThatAreNone(String query) {
        refuses(query);
    }

    // C-25
    @ParameterizedTest
    @ValueSource(strings = { "include=name&exclude=name", "exclude=tools&include=description",
            "include=_id&exclude=x&limit=1" })
    void takesIncludeOrExcludeAndNotBoth(String query) {
        refuses(query).body("errors[0].message", equalTo(BOTH));
    }

    // C-20
    @ParameterizedTest
    @ValueSource(strings = { "include=name", "exclude=name,tools", "include=a&exclude=b", "include=%20", "include[]=x" })
    void ignoresProjectionsOfOneServer(String query) {
        String id = account.create("");

        String projected = account.api().urlEncodingEnabled(false).get(SERVERS + "/" + id + "?" + query).then()
                .statusCode(200).extract().asString();

        assertEquals(account.read(id), Account.parse(projected));
    }

    // C-19
    @Test
    void listsNoServerThatIsDeleted() {
        String id = account.create("");
        account.delete(id).statusCode(204);

        account.api().get(SERVERS + "?limit=1000").then().statusCode(200).body("_id", not(hasItem(id)));
    }

    // C-15, C-29: the same as one by one, secrets masked
    @Test
    void listsServersAsTheyAreReadOneByOne() {
        String id = account.create("'tools':[{'_toolId':'T0','name':'a'}],'prompts':[{'name':'p'}],"
                + "'oauth':{'issuerURL':'https://issuer.example.com','audience':'a','clientSecret':'list-secret'}");

        assertEquals(Account.JSON.convertValue(account.read(id), Map.class), find("", id));
        assertEquals(Set.of("_id", "name", "oauth"), find("include=oauth", id).keySet());
        assertEquals("******", ((Map<?, ?>) find("include=oauth", id).get("oauth")).get("clientSecret"));
    }
}
