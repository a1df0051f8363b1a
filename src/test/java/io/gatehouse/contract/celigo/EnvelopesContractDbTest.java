package io.gatehouse.contract.celigo;

import static io.gatehouse.contract.celigo.Account.SERVERS;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.access.Workspaces;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** Who is let in under {@code /v1}, and how refusals look. */
@QuarkusTest
class EnvelopesContractDbTest {

    private static final String NOBODY = "000000000000000000000000";

    @Inject
    Account account;

    @Inject
    OtherAccount other;

    @Inject
    Tables tables;

    @Inject
    Workspaces workspaces;

    // C-1, C-2, C-3, C-4
    @ParameterizedTest
    @CsvSource({ "GET,/v1/mcpservers?include=a&exclude=b", "POST,/v1/mcpservers", "GET,/v1/mcpservers/nope",
            "PUT,/v1/mcpservers/nope", "PATCH,/v1/mcpservers/nope", "DELETE,/v1/mcpservers/nope",
            "GET,/v1/mcpservers/nope/dependencies", "GET,/v1/nope", "DELETE,/v1/mcpservers" })
    void asksForATokenBeforeAnythingElse(Method method, String path) {
        refuses(given(), method, path, "Unauthorized");
        for (String header : List.of("Bearer x", "Bearer a.b.c", "Bearer ", "Basic YTpi", "x",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")) {
            refuses(given().header("Authorization", header), method, path, "Bearer Authentication Failed");
        }
    }

    private static void refuses(RequestSpecification request, Method method, String path, String message) {
        RequestSpecification sent = method == Method.GET || method == Method.DELETE ? request
                : request.contentType("text/nonsense").body("{");
        sent.request(method, path).then().statusCode(401).contentType(ContentType.JSON)
                .body("$", equalTo(Map.of("message", message)));
    }

    // C-3
    @Test
    void refusesATokenFromWhenItIsRevoked() throws Throwable {
        String token = VertxContextSupport.subscribeAndAwait(workspaces::createAdministrator);
        given().auth().oauth2(token).get(SERVERS + "/nope").then().statusCode(404);

        tables.write("update api_client set revoked_at = now() where id = ?", OtherAccount.client(token));

        refuses(given().auth().oauth2(token), Method.GET, SERVERS, "Bearer Authentication Failed");
    }

    // C-5, C-11, C-12
    @ParameterizedTest
    @ValueSource(strings = { "nope", NOBODY, "00000000000000000000000", "0000000000000000000000000",
            "00000000000000000000000g", "%00", "%E4", "a%20b", "000000000000000000000000%20" })
    void knowsNothingByAnIdThatIsNoneOrNobodys(String id) {
        String path = SERVERS + "/" + id;
        String body = account.body("").toString();
        isNotFound(raw().get(path).then());
        isNotFound(raw().body(body).put(path).then());
        isNotFound(raw().body("[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"x\"}]").patch(path).then());
        isNotFound(raw().delete(path).then());
    }

    private RequestSpecification raw() {
        return account.api().urlEncodingEnabled(false);
    }

    private static void isNotFound(ValidatableResponse answer) {
        answer.statusCode(404).contentType(ContentType.JSON).body("errors.size()", equalTo(1))
                .body("errors[0].message", notNullValue()).body("errors[0].code", equalTo("not_found"))
                .body("$", not(hasKey("message")));
    }

    // C-13
    @Test
    void showsNothingOfAnotherAccount() {
        OtherAccount.Owned owned = other.furnish();
        String path = SERVERS + "/" + owned.server();
        given().auth().oauth2(owned.token()).get(path).then().statusCode(200).body("name", equalTo("Other"));

        isNotFound(account.get(owned.server()));
        isNotFound(account.put(owned.server(), account.body("")));
        isNotFound(account.patch(owned.server(), "[{'op':'replace','path':'/name','value':'x'}]"));
        isNotFound(account.delete(owned.server()));
        account.api().get("/api/mcp/mcp_servers/" + owned.handle()).then().statusCode(404);
        account.api().get(path + "/dependencies").then().statusCode(200).body("$", equalTo(Map.of()));
        account.api().post("/v1/recycleBin/" + owned.server() + "/restore").then().statusCode(404);
        account.post(account.body("'tools':[{'_toolId':'" + owned.tool() + "','name':'a'}]")).statusCode(422)
                .body("errors.field", equalTo(List.of("tools.0._toolId")))
                .body("errors.code", equalTo(List.of("invalid_ref")));

        given().auth().oauth2(owned.token()).get(path).then().statusCode(200).body("name", equalTo("Other"));
    }

    // C-32: unique per account, not beyond
    @Test
    void letsAnotherAccountHaveTheSameRelativeUri() {
        OtherAccount.Owned owned = other.furnish();

        account.post(account.body("'relativeURI':'" + owned.relativeUri() + "'")).statusCode(201);
    }

    // C-5
    @Test
    void rendersWhatTheFrameworkRefusesInItsEnvelopeToo() {
        isNotFound(account.api().get("/v1/nope").then());
        account.api().delete(SERVERS).then().statusCode(405).body("errors[0].code", equalTo("method_not_allowed"));
    }
}
