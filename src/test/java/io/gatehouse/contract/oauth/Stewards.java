package io.gatehouse.contract.oauth;

import java.util.Map;

import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.testing.Deployment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Guests who may manage. */
@Singleton
class Stewards {

    static final String ALL = "/api/iam/administrators";

    /** The management API, as an application asks for it. */
    static final Guarded MANAGEMENT = new Guarded(null, 0, "http://gatehouse.test/api");

    @Inject
    Deployment deployment;
    @Inject
    Identity identity;
    @Inject
    Guests guests;

    static String path(Guest person) {
        return ALL + "/" + person.id();
    }

    /** The id of a built-in role. */
    int role(String name) {
        return deployment.api().get("/api/developer_api_client_roles").then().statusCode(200).extract()
                .path("result.items.find { it.built_in && it.name == '" + name + "' }.id");
    }

    void appoint(Guest person, String role) {
        deployment.api().body(Map.of("role_id", role(role))).put(path(person)).then().statusCode(200);
    }

    /** The access token of a new person of a role. */
    String token(String role) {
        Guest person = guests.welcome();
        appoint(person, role);
        return identity.letIn(person, MANAGEMENT, identity.client(Identity.REDIRECT)).access();
    }
}
