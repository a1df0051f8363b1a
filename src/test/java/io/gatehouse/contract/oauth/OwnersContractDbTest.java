package io.gatehouse.contract.oauth;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import io.gatehouse.access.clients.Administrators;
import io.gatehouse.access.people.EndUsers;
import io.gatehouse.access.people.NewEndUser;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.OtherWorkspace;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/** Who gets at owners, and that there is always one. */
@QuarkusTest
class OwnersContractDbTest {

    private static final String CLIENTS = "/api/developer_api_clients";

    @Inject
    Stewards stewards;
    @Inject
    Guests guests;
    @Inject
    Deployment deployment;
    @Inject
    OtherWorkspace others;
    @Inject
    Ledger ledger;
    @Inject
    Administrators administrators;
    @Inject
    EndUsers people;

    private RequestSpecification admin() {
        return Deployment.as(deployment.client(stewards.role("Admin"), null).getString("token"));
    }

    // The way to the first administrator who is a person
    @Test
    void areInvitedByTheFirstToken() {
        Guest first = guests.create("First");
        stewards.appoint(first, "Owner");

        guests.setPassword(first);

        String token = stewards.identity
                .letIn(first, Stewards.MANAGEMENT, stewards.identity.client(Identity.REDIRECT)).access();
        Deployment.as(token).body(Map.of("role_id", stewards.role("Owner"))).put(Stewards.path(guests.create("Second")))
                .then().statusCode(200).body("role", equalTo("Owner"));
    }

    /** A new password or another address would be a way to become one. */
    @Test
    void areOutOfTheReachOfAdmins() {
        Guest owner = guests.create("Olga");
        stewards.appoint(owner, "Owner");
        int client = deployment.client(stewards.role("Owner"), null).getInt("id");
        RequestSpecification admin = admin();

        List.of(admin.body("{}").post(owner.path() + "/invitation"),
                admin.body(Map.of("email", "mine@example.test")).put(owner.path()),
                admin.body(Map.of("active", false)).put(owner.path()), admin.delete(owner.path()),
                admin.body(Map.of("role_id", 3)).put(Stewards.path(owner)), admin.delete(Stewards.path(owner)),
                admin.body(Map.of("role_id", stewards.role("Owner"))).put(Stewards.path(guests.create("Me"))),
                admin.body(Map.of("role_id", 1)).put(Stewards.path(guests.create("Me"))),
                admin.body(Map.of("name", "x", "role_id", stewards.role("Owner"))).post(CLIENTS),
                admin.body("{}").post(CLIENTS + "/" + client + "/regenerate"), admin.delete(CLIENTS + "/" + client),
                admin.body(Map.of("name", "x", "privileges", List.of("appoint_owners")))
                        .post("/api/developer_api_client_roles"))
                .forEach(answer -> answer.then().statusCode(403).body("code", equalTo("forbidden")));
        admin.get(Stewards.path(owner)).then().statusCode(200).body("role", equalTo("Owner"));
    }

    @Test
    void leaveTheOthersToAdmins() {
        Guest editor = guests.create("Eve");
        RequestSpecification admin = admin();

        admin.body(Map.of("role_id", stewards.role("Editor"))).put(Stewards.path(editor)).then().statusCode(200);
        admin.body("{}").post(editor.path() + "/invitation").then().statusCode(200);
        admin.body(Map.of("role_id", stewards.role("Admin"))).put(Stewards.path(editor)).then().statusCode(200);
        admin.delete(Stewards.path(editor)).then().statusCode(200);
        admin.delete(editor.path()).then().statusCode(200);
    }

    /** Such as a client that keeps people in step with a directory. */
    @Test
    void areOutOfTheReachOfWhoMayDecideOnUsersOnly() {
        Guest viewer = guests.create("Vera");
        stewards.appoint(viewer, "Auditor");
        RequestSpecification directory = Deployment
                .as(deployment.client(deployment.role("view_users", "edit_users"), null).getString("token"));

        directory.body("{}").post(viewer.path() + "/invitation").then().statusCode(403);
        directory.body(Map.of("email", "mine@example.test")).put(viewer.path()).then().statusCode(403);
        directory.body("{}").post(guests.create("Nora").path() + "/invitation").then().statusCode(200);
    }

    @Test
    void remainWhenTheLastClientGoes() {
        long workspace = others.create();
        String only = others.administrator(workspace);
        int client = Deployment.as(only).get("/api/users/me").path("id");
        int owner = owner(only);

        Deployment.as(only).delete(CLIENTS + "/" + client).then().statusCode(409).body("code",
                equalTo("last_administrator"));
        ledger.update("update end_user set password = 'set' where id = ?", (long) owner);
        Deployment.as(only).delete(CLIENTS + "/" + client).then().statusCode(200);

        Caller system = new Caller(workspace, "system", EnumSet.allOf(Permission.class), null, Origin.SYSTEM);
        List.<Supplier<Uni<?>>> of(() -> administrators.dismiss(system, owner), () -> people.delete(system, owner),
                () -> people.change(system, owner, new NewEndUser(null, null, false)))
                .forEach(OwnersContractDbTest::isRefused);
    }

    /** One who has set no password yet; its id. */
    private int owner(String token) {
        int id = Deployment.as(token).body(Map.of("name", "Olga", "email", UUID.randomUUID() + "@example.test"))
                .post("/api/iam/users").then().statusCode(200).extract().path("id");
        Deployment.as(token).body(Map.of("role_id", stewards.role("Owner"))).put(Stewards.ALL + "/" + id).then()
                .statusCode(200);
        return id;
    }

    private static void isRefused(Supplier<Uni<?>> deed) {
        Problem refusal = assertThrows(Problem.class,
                () -> VertxContextSupport.subscribeAndAwait(() -> deed.get().replaceWithVoid()));
        assertEquals("last_administrator", refusal.code());
    }
}
