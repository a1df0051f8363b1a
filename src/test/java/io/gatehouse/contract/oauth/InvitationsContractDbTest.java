package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Guests.PASSWORD;
import static io.gatehouse.contract.oauth.Guests.accept;
import static io.gatehouse.contract.oauth.Guests.isSignedIn;
import static io.gatehouse.contract.oauth.Guests.signIn;
import static io.gatehouse.contract.oauth.Guests.signedIn;
import static io.gatehouse.contract.oauth.Guests.token;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.access.people.QuickPasswords;
import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;

/** {@code POST /api/iam/users/{id}/invitation} and {@code /oauth/invitation}. */
@QuarkusTest
class InvitationsContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    Guests guests;
    @Inject
    Ledger ledger;
    @Inject
    MovableClock clock;

    private Page look(String invitation) {
        return new Browser().get(invitation);
    }

    @Test
    void leadsFromAnInvitationToASession() {
        Guest guest = guests.create("Ann");
        deployment.api().get(guest.path()).then().body("has_password", equalTo(false));
        JsonPath invited = deployment.api().post(guest.path() + "/invitation").then().statusCode(200)
                .body("url", startsWith("http://gatehouse.test/oauth/invitation?token=")).extract().jsonPath();
        Duration lifetime = Duration.between(Instant.now(), Instant.parse(invited.getString("expires_at")));
        assertTrue(lifetime.compareTo(Duration.ofHours(71)) > 0 && lifetime.compareTo(Duration.ofHours(72)) <= 0);
        String invitation = invited.getString("url").substring("http://gatehouse.test".length());
        Browser browser = new Browser();

        assertTrue(browser.get(invitation).text().contains(guest.email()));
        assertEquals(200, accept(browser, invitation, PASSWORD).status());
        Page signedIn = signIn(browser, guest.email(), PASSWORD);

        assertEquals(303, signedIn.status());
        assertEquals("account", signedIn.header("Location"));
        assertTrue(browser.get("/oauth/account").text().contains(guest.email()));
        deployment.api().get(guest.path()).then().body("has_password", equalTo(true));
        assertEquals(List.of("user.created", "user.invited", "user.password_set", "user.signed_in"),
                ledger.actions("user", guest.id()));
        Ledger.Entry entry = ledger.last("user", guest.id());
        assertEquals(List.of("user:" + guest.id(), "browser"), List.of(entry.actor(), entry.source()));
    }

    @Test
    void keepsNeitherTokensNorPasswordsThatCanBeRead() {
        Guest guest = guests.create("Ann");
        String token = token(guests.invite(guest));

        assertEquals(1, ledger.count("select count(*) from invitation where user_id = " + guest.id()));
        assertEquals(0, ledger.count("select count(*) from invitation where digest = '" + token + "'"));
        assertEquals(0, ledger.count("select count(*) from audit_entry where changes like '%" + token + "%'"));
        guests.setPassword(guest);
        assertTrue(ledger.text("select password from end_user where id = " + guest.id())
                .startsWith(QuickPasswords.FORMAT));
        assertEquals(0, ledger.count("select count(*) from audit_entry where changes like '%argon2%'"));
    }

    @Test
    void refusesAReplayedInvitation() {
        Guest guest = guests.create("Ann");
        String invitation = guests.invite(guest);
        accept(new Browser(), invitation, PASSWORD);

        assertEquals(410, look(invitation).status());
        Page again = accept(new Browser(), invitation, "another password that is long");

        assertEquals(410, again.status());
        assertFalse(again.text().contains(guest.email()));
        assertTrue(isSignedIn(signedIn(guest)));
    }

    @Test
    void letsOneOfManyWhoUseAnInvitationAtOnce() {
        String invitation = guests.invite(guests.create("Ann"));
        Browser browser = new Browser();
        browser.get(invitation);

        List<CompletableFuture<Page>> all = Stream.generate(() -> browser.postAsync("/oauth/invitation",
                Map.of("token", token(invitation), "password", PASSWORD, "again", PASSWORD))).limit(5).toList();

        assertEquals(List.of(200, 410, 410, 410, 410),
                all.stream().map(answer -> answer.join().status()).sorted().toList());
    }

    @Test
    void refusesAnExpiredInvitation() {
        String invitation = guests.invite(guests.create("Ann"));

        clock.ahead(Duration.ofHours(72).plusSeconds(1), () -> {
            assertEquals(410, look(invitation).status());
            assertEquals(410, accept(new Browser(), invitation, PASSWORD).status());
        });
        assertEquals(200, look(invitation).status());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "?token=", "?token=x", "?token=%00", "?other=1", "?token=%27%20or%201%3D1--" })
    void refusesAForgedInvitation(String query) {
        assertEquals(410, look("/oauth/invitation" + query).status());
    }

    @Test
    void endsAnEarlierInvitation() {
        Guest guest = guests.create("Ann");
        String first = guests.invite(guest);
        String second = guests.invite(guest);

        assertEquals(410, look(first).status());
        assertEquals(200, look(second).status());
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"active\":false}", "{\"email\":\"someone.else.%s@example.test\"}" })
    void endsAnInvitationOfWhomeverItWasNotMeantFor(String change) {
        Guest guest = guests.create("Ann");
        String invitation = guests.invite(guest);

        deployment.api().body(change.formatted(guest.id())).put(guest.path()).then().statusCode(200);
        deployment.api().body("{\"active\":true}").put(guest.path()).then().statusCode(200);

        assertEquals(410, look(invitation).status());
    }

    @Test
    void keepsTheOldPasswordUntilANewOneIsSet() {
        Guest guest = guests.welcome();
        Browser before = signedIn(guest);
        String invitation = guests.invite(guest);
        assertTrue(isSignedIn(before));
        assertTrue(isSignedIn(signedIn(guest)));

        accept(new Browser(), invitation, "another password that is long");

        assertFalse(isSignedIn(before));
        assertEquals(403, signIn(new Browser(), guest.email(), PASSWORD).status());
        assertEquals(303, signIn(new Browser(), guest.email(), "another password that is long").status());
    }

    @Test
    void endsALockOutWithANewPassword() {
        Guest guest = guests.welcome();
        Browser guesser = new Browser();
        for (int i = 0; i < 6; i++) {
            signIn(guesser, guest.email(), "wrong");
        }
        assertEquals(403, signIn(new Browser(), guest.email(), PASSWORD).status());

        guests.setPassword(guest);

        assertTrue(isSignedIn(signedIn(guest)));
    }

    @ParameterizedTest
    @CsvSource({ "0,Choose", "11,at least 12", "257,at most 256", "5000,at most 256" })
    void refusesAPasswordOfAWrongLength(int length, String words) {
        String invitation = guests.invite(guests.create("Ann"));

        Page refused = accept(new Browser(), invitation, "p".repeat(length));

        assertEquals(400, refused.status());
        assertTrue(refused.text().contains(words));
        assertFalse(refused.text().contains("p".repeat(11)));
        assertEquals(200, look(invitation).status());
    }

    @Test
    void takesALongPasswordOfAnyCharacters() {
        Guest guest = guests.create("Ann");
        String password = "\ud83d\udc34 \u00fc".repeat(64);

        assertEquals(200, accept(new Browser(), guests.invite(guest), "\ud83d\udc34 u\u0308".repeat(64)).status());

        assertEquals(303, signIn(new Browser(), guest.email(), password).status());
        assertEquals(403, signIn(new Browser(), guest.email(), password.substring(1)).status());
    }

    @Test
    void refusesThePersonsOwnNameAndAddressAsPassword() {
        Guest guest = guests.create("Annabel Lee of the Sea");
        String invitation = guests.invite(guest);

        assertEquals(400, accept(new Browser(), invitation, "annabel lee of the SEA").status());
        assertEquals(400, accept(new Browser(), invitation, guest.email().toUpperCase()).status());
        assertEquals(200, accept(new Browser(), invitation, PASSWORD).status());
    }

    @Test
    void refusesTwoPasswordsThatDiffer() {
        String invitation = guests.invite(guests.create("Ann"));

        Page refused = new Browser().submit(invitation,
                Map.of("token", token(invitation), "password", PASSWORD, "again", PASSWORD + "r"));

        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("not the same"));
        assertEquals(200, look(invitation).status());
    }

    @ParameterizedTest
    @ValueSource(strings = { "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</style><style>*{}",
            "{guest.email}", "'><base href=//evil.test>" })
    void showsANameAsTextWhateverItHolds(String name) {
        Guest guest = guests.create(name);
        String invitation = guests.invite(guest);
        Browser browser = new Browser();
        Page invited = browser.get(invitation);
        accept(browser, invitation, PASSWORD);
        signIn(browser, guest.email(), PASSWORD);
        Page account = browser.get("/oauth/account");

        for (Page page : List.of(invited, account)) {
            assertEquals(200, page.status());
            assertTrue(page.text().contains(escaped(name)), page.text());
            assertTrue(escaped(name).equals(name) || !page.text().contains(name));
        }
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    @Test
    void knowsNoSuchUser() {
        deployment.api().post("/api/iam/users/999999/invitation").then().statusCode(404).body("code",
                equalTo("not_found"));
    }
}
