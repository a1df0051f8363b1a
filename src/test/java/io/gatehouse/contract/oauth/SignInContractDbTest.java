package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Browser.FORM;
import static io.gatehouse.contract.oauth.Browser.SESSION;
import static io.gatehouse.contract.oauth.Guests.PASSWORD;
import static io.gatehouse.contract.oauth.Guests.SIGN_IN;
import static io.gatehouse.contract.oauth.Guests.isSignedIn;
import static io.gatehouse.contract.oauth.Guests.signIn;
import static io.gatehouse.contract.oauth.Guests.signedIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

import io.gatehouse.access.people.QuickPasswords;
import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.servers.Purge;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;

/** {@code /oauth/sign-in}, {@code /oauth/account} and {@code /oauth/sign-out}, and who attacks them. */
@QuarkusTest
class SignInContractDbTest {

    @Inject
    Deployment deployment;
    @Inject
    Guests guests;
    @Inject
    Ledger ledger;
    @Inject
    MovableClock clock;
    @Inject
    MeterRegistry meters;
    @Inject
    Purge purge;

    private static String stranger() {
        return UUID.randomUUID() + "@example.test";
    }

    private long digests() {
        return meters.get("gatehouse.password.digests").timer().count();
    }

    private static void fail(String email, int times) {
        Browser browser = new Browser();
        for (int i = 0; i < times; i++) {
            assertEquals(403, signIn(browser, email, "wrong").status());
        }
    }

    @Test
    void tellsNobodyWhoIsKnown() {
        Guest active = guests.welcome();
        Guest inactive = guests.welcome();
        deployment.api().body("{\"active\":false}").put(inactive.path()).then().statusCode(200);
        Guest invited = guests.create("Ann");
        Guest locked = guests.welcome();
        fail(locked.email(), 5);
        Browser browser = new Browser();
        Set<String> answers = new HashSet<>();

        for (String email : List.of(active.email(), inactive.email(), invited.email(), stranger())) {
            long before = digests();
            answers.add(answer(browser, email, "wrong, but of some length"));
            assertEquals(1, digests() - before);
        }
        answers.add(answer(browser, inactive.email(), PASSWORD));
        answers.add(answer(browser, invited.email(), ""));
        answers.add(answer(browser, locked.email(), PASSWORD));

        assertEquals(1, answers.size(), answers.toString());
    }

    private static String answer(Browser browser, String email, String password) {
        Page page = signIn(browser, email, password);
        return page.status() + page.headers().map().keySet().toString() + page.text().replace(email, "");
    }

    @Test
    void locksAnAddressOutForLongerAndLonger() {
        Guest guest = guests.welcome();
        Instant fifth = clock.instant();
        Instant sixth = fifth.plusSeconds(31);
        clock.at(fifth, () -> fail(guest.email(), 5));

        for (Instant early : List.of(fifth, fifth.plusSeconds(29))) {
            clock.at(early, () -> assertEquals(403, signIn(new Browser(), guest.email(), PASSWORD).status()));
        }
        clock.at(sixth, () -> fail(guest.email(), 1));
        clock.at(sixth.plusSeconds(59), () -> assertEquals(403, signIn(new Browser(), guest.email(), PASSWORD).status()));
        clock.at(sixth.plusSeconds(61), () -> assertTrue(isSignedIn(signedIn(guest))));
        assertTrue(isSignedIn(signedIn(guest)));
    }

    @Test
    void locksOutForAQuarterOfAnHourAtMost() {
        Guest guest = guests.welcome();
        for (int i = 0; i < 20; i++) {
            clock.ahead(Duration.ofMinutes(16L * i), () -> fail(guest.email(), 1));
        }

        clock.ahead(Duration.ofMinutes(16L * 19 + 14), () -> fail(guest.email(), 1));
        clock.ahead(Duration.ofMinutes(16L * 20), () -> assertTrue(isSignedIn(signedIn(guest))));
    }

    @Test
    void locksStrangersOutInTheSameWay() {
        String email = stranger();
        fail(email, 5);
        long before = digests();

        fail(email, 1);

        assertEquals(0, digests() - before);
    }

    @ParameterizedTest
    @ValueSource(strings = { " %s", "%s\t", "%S", "\0%s" })
    void countsEverySpellingOfAnAddressTogether(String spelling) {
        Guest guest = guests.welcome();
        fail(spelling.formatted(guest.email()), 5);

        assertEquals(403, signIn(new Browser(), guest.email(), PASSWORD).status());
    }

    /** At one moment: one of several that a later one overtakes on the way to the database would not be heard. */
    @Test
    void letsNoGuessesSlipThroughAtTheSameTime() {
        Guest guest = guests.welcome();
        Browser browser = new Browser();
        browser.get(SIGN_IN);
        long before = digests();

        clock.at(clock.instant(), () -> {
            List<CompletableFuture<Page>> guesses = Stream.iterate(0, i -> i + 1).limit(30).map(i -> browser
                    .postAsync(SIGN_IN, Map.of("email", guest.email(), "password", "guess " + i))).toList();
            guesses.forEach(guess -> assertEquals(403, guess.join().status()));
        });

        assertEquals(5, digests() - before);
    }

    @Test
    void forgetsFailuresWithASuccess() {
        Guest guest = guests.welcome();
        fail(guest.email(), 4);
        signedIn(guest);
        fail(guest.email(), 4);

        assertTrue(isSignedIn(signedIn(guest)));
    }

    @Test
    void writesDownWhoWasRefused() {
        Guest guest = guests.welcome();
        long strangers = ledger.count("select count(*) from audit_entry where action = 'user.sign_in_refused' "
                + "and resource_id = 'unknown'");

        fail(guest.email(), 1);
        fail(stranger(), 1);

        Ledger.Entry entry = ledger.last("user", guest.id());
        assertEquals(List.of("user.sign_in_refused", "anonymous"), List.of(entry.action(), entry.actor()));
        assertEquals(strangers + 1, ledger.count("select count(*) from audit_entry where "
                + "action = 'user.sign_in_refused' and resource_id = 'unknown'"));
    }

    @Test
    void renewsADigestThatWasMadeInAnOlderWay() {
        Guest guest = guests.welcome();
        String old = Password.hash(PASSWORD).addRandomSalt(16)
                .with(Argon2Function.getInstance(1_024, 1, 1, 32, Argon2.ID)).getResult();
        ledger.update("update end_user set password = ? where id = ?", old, guest.id());

        assertTrue(isSignedIn(signedIn(guest)));

        assertTrue(ledger.text("select password from end_user where id = " + guest.id())
                .startsWith(QuickPasswords.FORMAT));
        assertTrue(isSignedIn(signedIn(guest)));
    }

    @Test
    void fixesNoSession() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        String first = browser.cookies.get(SESSION);
        Browser fixed = new Browser();
        fixed.cookies.put(SESSION, "chosen-by-somebody-else-chosen-by-somebody");

        signIn(browser, guest.email(), PASSWORD);
        signIn(fixed, guest.email(), PASSWORD);

        assertNotEquals(first, browser.cookies.get(SESSION));
        assertNotEquals("chosen-by-somebody-else-chosen-by-somebody", fixed.cookies.get(SESSION));
        browser.cookies.put(SESSION, first);
        assertFalse(isSignedIn(browser));
        assertEquals(0, ledger.count("select count(*) from browser_session where digest = '" + first + "'"));
    }

    @Test
    void givesCookiesToNoScriptAndNoOtherSite() {
        Browser browser = new Browser();
        Page form = browser.get(SIGN_IN);
        Page signedIn = signIn(browser, guests.welcome().email(), PASSWORD);

        for (Page page : List.of(form, signedIn)) {
            String cookie = page.header("Set-Cookie");
            assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
                    cookie);
            assertFalse(cookie.contains("Domain"), cookie);
        }
    }

    @ParameterizedTest
    @CsvSource({ "Origin,https://evil.test", "Origin,null", "Origin,http://gatehouse.test.evil.test",
            "Origin,http://gatehouse.test:81", "Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site" })
    void refusesAFormOfAnotherSite(String header, String value) {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        String invitation = guests.invite(guest);

        for (String target : List.of(SIGN_IN, "/oauth/sign-out", "/oauth/invitation")) {
            Page refused = browser.post(target, Map.of("email", guest.email(), "password", PASSWORD, "again", PASSWORD,
                    "token", Guests.token(invitation)), header, value);
            assertEquals(403, refused.status());
            assertNull(refused.header("Set-Cookie"));
        }
        assertTrue(isSignedIn(browser));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "&form_key=", "&form_key=x", "&form_key=%s0", "&form_key=%S" })
    void refusesAFormWithoutItsKey(String key) {
        Browser browser = signedIn(guests.welcome());
        String form = "a=b" + key.formatted(browser.cookies.get(FORM));

        for (String target : List.of(SIGN_IN, "/oauth/sign-out", "/oauth/invitation")) {
            assertEquals(403, browser.postAsync(target, form).join().status());
        }
        assertTrue(isSignedIn(browser));
    }

    @Test
    void refusesAFormWhoseBrowserHasNoKeyOrAnEmptyOne() {
        Browser browser = new Browser();
        assertEquals(403, browser.post(SIGN_IN, Map.of("email", "a@b.test", "password", "x")).status());
        browser.cookies.put(FORM, "short");
        assertEquals(403, browser.post(SIGN_IN, Map.of("email", "a@b.test", "password", "x")).status());
        Page form = browser.get(SIGN_IN);
        assertEquals(browser.cookies.get(FORM), Browser.key(form));
        assertEquals(43, Browser.key(form).length());
    }

    @Test
    void takesAFormOfItsOwnPage() {
        Guest guest = guests.welcome();
        Browser browser = new Browser();
        browser.get(SIGN_IN);

        Page signedIn = browser.post(SIGN_IN, Map.of("email", guest.email(), "password", PASSWORD), "Origin",
                "http://gatehouse.test", "Sec-Fetch-Site", "same-origin");

        assertEquals(303, signedIn.status());
    }

    @ParameterizedTest
    @ValueSource(strings = { "client_id=a&redirect_uri=https%3A%2F%2Fevil.test&state=%22%3E%0d%0aSet-Cookie%3A%20a%3Db",
            "https://evil.test", "/evil.test", "//evil.test/", "?", "&=&", "a=1&a=2", "next=javascript:alert(1)" })
    void leadsNowhereButBackToTheRequestThatWaits(String query) {
        Browser browser = new Browser();
        Guest guest = guests.welcome();
        String target = SIGN_IN + "?" + query;
        assertTrue(browser.get(target).text()
                .contains("action=\"sign-in?" + query.replace("&", "&amp;").replace("'", "&#39;") + "\""));

        String location = browser.post(target, Map.of("email", guest.email(), "password", PASSWORD)).header("Location");

        assertEquals("authorize?" + query, location);
        assertEquals(URI.create("http://gatehouse.test/oauth/authorize?" + query),
                URI.create("http://gatehouse.test" + SIGN_IN).resolve(location));
    }

    @Test
    void endsASessionAfterAWhile() {
        Browser browser = signedIn(guests.welcome());

        for (int minutes = 110; minutes < 12 * 60; minutes += 110) {
            clock.ahead(Duration.ofMinutes(minutes), () -> assertTrue(isSignedIn(browser)));
        }
        clock.ahead(Duration.ofMinutes(12 * 60 + 1), () -> assertFalse(isSignedIn(browser)));
        Browser idle = signedIn(guests.welcome());
        clock.ahead(Duration.ofMinutes(121), () -> assertFalse(isSignedIn(idle)));
    }

    @Test
    void endsSessionsOfOneWhoIsDeactivatedEvenIfOnlyForAWhile() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);

        deployment.api().body("{\"active\":false}").put(guest.path()).then().statusCode(200);
        assertFalse(isSignedIn(browser));
        deployment.api().body("{\"active\":true}").put(guest.path()).then().statusCode(200);

        assertFalse(isSignedIn(browser));
        assertTrue(isSignedIn(signedIn(guest)));
    }

    @Test
    void endsSessionsOfOneWhoIsDeleted() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);

        deployment.api().delete(guest.path()).then().statusCode(200);

        assertFalse(isSignedIn(browser));
        assertEquals(403, signIn(browser, guest.email(), PASSWORD).status());
    }

    @Test
    void endsTheSessionThatSignsOut() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        Browser other = signedIn(guest);
        String session = browser.cookies.get(SESSION);

        Page out = browser.post("/oauth/sign-out", Map.of());

        assertEquals(200, out.status());
        assertNull(browser.cookies.get(SESSION));
        browser.cookies.put(SESSION, session);
        assertFalse(isSignedIn(browser));
        assertTrue(isSignedIn(other));
        assertEquals("sign-in", new Browser().get("/oauth/account").header("Location"));
    }

    @Test
    void forgetsWhatIsOver() throws Throwable {
        signedIn(guests.welcome());
        fail(stranger(), 1);

        clock.ahead(Duration.ofHours(25), () -> {
            try {
                VertxContextSupport.subscribeAndAwait(purge::run);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });

        assertEquals(0, ledger.count("select count(*) from browser_session"));
        assertEquals(0, ledger.count("select count(*) from sign_in_attempt"));
    }
}
