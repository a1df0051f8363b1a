package io.gatehouse.contract.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.UUID;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.testing.Deployment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** People who were invited, and what they do. */
@Singleton
class Guests {

    static final String USERS = "/api/iam/users";
    static final String SIGN_IN = "/oauth/sign-in";
    static final String ACCOUNT = "/oauth/account";
    static final String PASSWORD = "correct horse battery staple";

    private final Deployment deployment;

    @Inject
    Guests(Deployment deployment) {
        this.deployment = deployment;
    }

    record Guest(int id, String email) {

        String path() {
            return USERS + "/" + id;
        }
    }

    Guest create(String name) {
        String email = UUID.randomUUID() + "@example.test";
        int id = deployment.api().body(Map.of("name", name, "email", email)).post(USERS).then().statusCode(200)
                .extract().path("id");
        return new Guest(id, email);
    }

    /** One who has set the password. */
    Guest welcome() {
        Guest guest = create("Ann");
        setPassword(guest);
        return guest;
    }

    void setPassword(Guest guest) {
        String invitation = invite(guest);
        assertEquals(200, accept(new Browser(), invitation, PASSWORD).status());
    }

    /** The path of the page of a new invitation. */
    String invite(Guest guest) {
        String url = deployment.api().post(guest.path() + "/invitation").then().statusCode(200).extract().path("url");
        return url.substring("http://gatehouse.test".length());
    }

    static String token(String invitation) {
        return invitation.replaceFirst(".*token=", "");
    }

    static Page accept(Browser browser, String invitation, String password) {
        browser.get(SIGN_IN);
        return browser.submit(invitation,
                Map.of("token", token(invitation), "password", password, "again", password));
    }

    static Page signIn(Browser browser, String email, String password) {
        return browser.submit(SIGN_IN, Map.of("email", email, "password", password));
    }

    /** A browser in which the guest has signed in. */
    static Browser signedIn(Guest guest) {
        Browser browser = new Browser();
        assertEquals(303, signIn(browser, guest.email(), PASSWORD).status());
        return browser;
    }

    static boolean isSignedIn(Browser browser) {
        return browser.get(ACCOUNT).status() == 200;
    }
}
