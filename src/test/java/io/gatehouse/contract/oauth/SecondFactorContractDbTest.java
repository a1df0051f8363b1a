package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Browser.SESSION;
import static io.gatehouse.contract.oauth.Guests.ACCOUNT;
import static io.gatehouse.contract.oauth.Guests.PASSWORD;
import static io.gatehouse.contract.oauth.Guests.SIGN_IN;
import static io.gatehouse.contract.oauth.Guests.isSignedIn;
import static io.gatehouse.contract.oauth.Guests.signIn;
import static io.gatehouse.contract.oauth.Guests.signedIn;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.crypto.spec.SecretKeySpec;

import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;

import io.gatehouse.contract.oauth.Browser.Page;
import io.gatehouse.contract.oauth.Guests.Guest;
import io.gatehouse.contract.oauth.Identity.Guarded;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Ledger;
import io.gatehouse.testing.MovableClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;

/** {@code /oauth/second-factor}, what it asks for at {@code /oauth/sign-in}, and who wants to get around it. */
@QuarkusTest
class SecondFactorContractDbTest {

    private static final String FACTOR = "/oauth/second-factor";
    private static final Pattern KEY = Pattern.compile("<dd>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})</dd>");
    private static final Pattern NOTE = Pattern.compile("name=\"note\" value=\"([^\"]+)\"");
    private static final Duration STEP = Duration.ofSeconds(30);

    @Inject
    Deployment deployment;
    @Inject
    Identity identity;
    @Inject
    Guests guests;
    @Inject
    Stewards stewards;
    @Inject
    Ledger ledger;
    @Inject
    MovableClock clock;

    /** An app that makes codes of the key that somebody has typed in. */
    private record Phone(byte[] key) {

        static Phone of(Page page) {
            return new Phone(new Base32().decode(found(KEY, page).replace(" ", "")));
        }

        String code(Instant at) {
            try {
                return new TimeBasedOneTimePasswordGenerator()
                        .generateOneTimePasswordString(new SecretKeySpec(key, "HmacSHA1"), at);
            } catch (InvalidKeyException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String found(Pattern pattern, Page page) {
        Matcher matcher = pattern.matcher(page.text());
        assertTrue(matcher.find(), page.text());
        return matcher.group(1);
    }

    private static String note(Page page) {
        return found(NOTE, page);
    }

    /** A person who has just turned it on, with the code of now. */
    private Phone setUp(Guest guest) {
        Browser browser = signedIn(guest);
        Page page = browser.get(FACTOR);
        Phone phone = Phone.of(page);
        Page done = browser.post(FACTOR, Map.of("note", note(page), "code", phone.code(clock.instant())));
        assertEquals(List.of(303, "account"), List.of(done.status(), done.header("Location")), done.text());
        return phone;
    }

    /** One that was not used yet and is good for a while. */
    private String next(Phone phone) {
        return phone.code(clock.instant().plus(STEP));
    }

    private String wrong(Phone phone) {
        return Stream.iterate(0, i -> i + 1).map("%06d"::formatted).filter(code -> Stream.of(-2, -1, 0, 1, 2)
                .noneMatch(step -> phone.code(clock.instant().plus(STEP.multipliedBy(step))).equals(code))).findFirst()
                .orElseThrow();
    }

    /** The page that asks for the code. */
    private static Page asked(Browser browser, Guest guest) {
        Page page = signIn(browser, guest.email(), PASSWORD);
        assertEquals(200, page.status(), page.text());
        return page;
    }

    private static Page send(Browser browser, Page asked, String code) {
        return browser.post(SIGN_IN, Map.of("note", note(asked), "code", code));
    }

    private boolean has(Guest guest) {
        return deployment.api().get(guest.path()).then().statusCode(200).extract().path("second_factor");
    }

    @Test
    void isTurnedOnByACodeOfTheKeyThatThePageShows() {
        Guest guest = guests.welcome();
        Browser other = signedIn(guest);
        assertFalse(has(guest));
        assertTrue(other.get(ACCOUNT).text().contains("Set up a second factor"));

        setUp(guest);

        assertTrue(has(guest));
        assertTrue(other.get(ACCOUNT).text().contains("Turn the second factor off"));
        Ledger.Entry entry = ledger.last("user", guest.id());
        assertEquals(List.of("user.second_factor_set", "user:" + guest.id()), List.of(entry.action(), entry.actor()));
    }

    @Test
    void showsItsKeyWithoutScriptAndKeepsItSealed() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        Page page = browser.get(FACTOR);

        assertTrue(page.text().contains("<svg role=\"img\" aria-label=\"QR code of the key\""));
        assertFalse(page.text().contains("data:") || page.text().contains("<script") || page.text().contains("style="));
        assertNotEquals(found(KEY, page), found(KEY, browser.get(FACTOR)));

        setUp(guest);

        assertTrue(ledger.text("select sealed_second_factor from end_user where id = " + guest.id()).startsWith("eyJ"));
    }

    @Test
    void staysOffUntilACodeIsRight() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        Page page = browser.get(FACTOR);
        Phone phone = Phone.of(page);

        for (String code : List.of("", "x", "12345", wrong(phone), phone.code(clock.instant().minus(STEP.multipliedBy(3))))) {
            Page refused = browser.post(FACTOR, Map.of("note", note(page), "code", code));
            assertEquals(400, refused.status());
            assertTrue(refused.text().contains("role=\"alert\""));
            assertEquals(found(KEY, page), found(KEY, refused));
        }

        assertFalse(has(guest));
        assertTrue(isSignedIn(signedIn(guest)));
    }

    @Test
    void takesTheKeyOfNobodyElsesPage() {
        Guest guest = guests.welcome();
        Page page = signedIn(guest).get(FACTOR);
        Browser browser = signedIn(guest);
        Page own = browser.get(FACTOR);
        Guest another = guests.welcome();

        assertEquals(403, browser.post(FACTOR, Map.of("note", note(page), "code", Phone.of(page).code(clock.instant())))
                .status());
        clock.ahead(Duration.ofMinutes(31), () -> assertEquals(403, browser.post(FACTOR,
                Map.of("note", note(own), "code", Phone.of(own).code(clock.instant()))).status()));
        signIn(browser, another.email(), PASSWORD);
        assertEquals(403,
                browser.post(FACTOR, Map.of("note", note(own), "code", Phone.of(own).code(clock.instant()))).status());

        assertFalse(has(guest) || has(another));
    }

    @Test
    void isNotReplacedByAnother() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        Page page = browser.get(FACTOR);
        Phone phone = setUp(guest);

        assertEquals(409,
                browser.post(FACTOR, Map.of("note", note(page), "code", Phone.of(page).code(clock.instant()))).status());
        assertEquals(303, send(browser, asked(browser, guest), next(phone)).status());
    }

    @Test
    void isAskedForBeforeThereIsASession() {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Browser browser = new Browser();

        Page page = asked(browser, guest);

        assertTrue(page.text().contains("inputmode=\"numeric\" autocomplete=\"one-time-code\""));
        assertNull(browser.cookies.get(SESSION));
        assertFalse(isSignedIn(browser));
        assertNotEquals("user.signed_in", ledger.last("user", guest.id()).action());
        Page done = send(browser, page, " " + next(phone).replaceFirst("...", "$0 "));
        assertEquals(List.of(303, "account"), List.of(done.status(), done.header("Location")));
        assertTrue(isSignedIn(browser));
        assertEquals("user.signed_in", ledger.last("user", guest.id()).action());
    }

    @Test
    void letsNobodyInByAWrongCode() {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Browser browser = new Browser();

        Page refused = send(browser, asked(browser, guest), wrong(phone));

        assertEquals(403, refused.status());
        assertTrue(refused.text().contains("role=\"alert\""));
        assertFalse(isSignedIn(browser));
        assertEquals("user.second_factor_refused", ledger.last("user", guest.id()).action());
        assertEquals(303, send(browser, refused, next(phone)).status());
    }

    @Test
    void takesACodeOnce() {
        Guest guest = guests.welcome();
        Instant before = clock.instant();
        Phone phone = setUp(guest);
        String code = next(phone);
        Browser browser = new Browser();
        Page page = asked(browser, guest);

        assertEquals(403, send(browser, page, phone.code(before)).status());
        List<CompletableFuture<Page>> twice = Stream.of(1, 2)
                .map(i -> browser.postAsync(SIGN_IN, Map.of("note", note(page), "code", code))).toList();

        assertEquals(List.of(303, 403), twice.stream().map(answer -> answer.join().status()).sorted().toList());
        Browser other = new Browser();
        assertEquals(403, send(other, asked(other, guest), code).status());
    }

    @ParameterizedTest
    @CsvSource({ "-2,403", "-1,303", "0,303", "1,303", "2,403" })
    void takesTheCodesOfThePresentStepAndThoseBesideIt(int step, int status) {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Browser browser = new Browser();

        clock.ahead(middle(), () -> assertEquals(status, send(browser, asked(browser, guest),
                phone.code(clock.instant().plus(STEP.multipliedBy(step)))).status()));
    }

    /** As far from the ends of a step as can be. */
    private Duration middle() {
        long second = clock.instant().getEpochSecond() % STEP.toSeconds();
        return Duration.ofMinutes(10).plusSeconds(STEP.toSeconds() / 2 - second);
    }

    @Test
    void isAskedForInTimeInTheSameBrowserAndForNothingElse() {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Browser browser = new Browser();
        Page page = asked(browser, guest);
        Browser other = new Browser();
        other.get(SIGN_IN);
        Browser another = signedIn(guests.welcome());
        String key = note(another.get(FACTOR));

        Page late = at(Duration.ofSeconds(301), () -> send(browser, page, next(phone)));
        Page elsewhere = send(other, page, next(phone));
        Page ofAnotherKind = another.post(SIGN_IN, Map.of("note", key, "code", next(phone)));
        Page forged = browser.post(SIGN_IN, Map.of("note", note(page).replaceFirst("\\.[^.]+$", ".AAAA"), "code", next(phone)));
        Page none = browser.post(SIGN_IN, Map.of("note", "x", "code", next(phone)));

        for (Page refused : List.of(late, elsewhere, ofAnotherKind, forged, none)) {
            assertEquals(403, refused.status());
            assertTrue(refused.text().contains("Sign in once more"), refused.text());
        }
        assertFalse(isSignedIn(browser) || isSignedIn(other));
        assertEquals(303, send(browser, page, next(phone)).status());
    }

    private Page at(Duration ahead, Supplier<Page> work) {
        CompletableFuture<Page> page = new CompletableFuture<>();
        clock.ahead(ahead, () -> page.complete(work.get()));
        return page.join();
    }

    @ParameterizedTest
    @ValueSource(strings = { "password", "active", "gone" })
    void isTooLateOnceWhatCameFirstIsOver(String change) {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Browser browser = new Browser();
        Page page = asked(browser, guest);
        switch (change) {
            case "password" -> guests.setPassword(guest);
            case "active" -> deployment.api().body(Map.of("active", false)).put(guest.path()).then().statusCode(200);
            default -> deployment.api().delete(guest.path()).then().statusCode(200);
        }

        assertEquals(403, send(browser, page, next(phone)).status());
        assertFalse(isSignedIn(browser));
    }

    /** The page that asked for the code, of which another one was given. */
    private Page refused(Browser browser, Guest guest, Phone phone) {
        Page page = asked(browser, guest);
        assertEquals(403, send(browser, page, wrong(phone)).status());
        return page;
    }

    @Test
    void countsWrongCodesWithWrongPasswords() {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Browser browser = new Browser();
        Instant fifth = clock.instant();
        List<Page> pages = clock.at(fifth,
                () -> Stream.generate(() -> refused(browser, guest, phone)).limit(5).toList());
        Page last = pages.get(4);

        clock.at(fifth, () -> {
            assertEquals(403, send(browser, last, next(phone)).status());
            assertEquals(403, signIn(new Browser(), guest.email(), PASSWORD).status());
        });
        clock.at(fifth.plusSeconds(29), () -> assertEquals(403, send(browser, last, next(phone)).status()));
        clock.at(fifth.plusSeconds(31), () -> assertEquals(303, send(browser, last, next(phone)).status()));
        clock.at(fifth.plusSeconds(93),
                () -> assertEquals(303, send(browser, asked(browser, guest), next(phone)).status()));
    }

    /** At one moment: one of several that a later one overtakes on the way to the database would not be heard. */
    @Test
    void letsNoGuessesSlipThroughAtTheSameTime() {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Browser browser = new Browser();
        Page page = asked(browser, guest);
        String wrong = wrong(phone);

        clock.at(clock.instant(), () -> {
            List<CompletableFuture<Page>> guesses = Stream.generate(
                    () -> browser.postAsync(SIGN_IN, Map.of("note", note(page), "code", wrong))).limit(20).toList();
            guesses.forEach(guess -> assertEquals(403, guess.join().status()));
        });

        assertEquals(5, ledger.actions("user", guest.id()).stream().filter("user.second_factor_refused"::equals).count());
    }

    @Test
    void isToldToNobodyWithoutThePassword() {
        Guest with = guests.welcome();
        Guest without = guests.welcome();
        setUp(with);
        Browser browser = new Browser();

        assertEquals(refusal(browser, without), refusal(browser, with));
    }

    private static String refusal(Browser browser, Guest guest) {
        Page page = signIn(browser, guest.email(), "wrong, but of some length");
        return page.status() + page.headers().map().keySet().toString() + page.text().replace(guest.email(), "");
    }

    @Test
    void letsTheRequestGoOnThatLedToIt() {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Guarded server = identity.server();
        identity.join(guest, server);
        String client = identity.client(Identity.REDIRECT);
        Map<String, String> request = identity.request(client, server);
        Browser browser = new Browser();
        String place = "/oauth/" + browser.get(Identity.authorize(request)).header("Location");

        Page page = browser.submit(place, Map.of("email", guest.email(), "password", PASSWORD));
        String action = found(Pattern.compile("<form method=\"post\" action=\"([^\"]+)\""), page).replace("&amp;", "&");
        assertEquals(place, "/oauth/" + action);
        assertTrue(page.header("Content-Security-Policy").endsWith("form-action 'self' https://app.example"));
        Page refused = browser.post(place, Map.of("note", note(page), "code", wrong(phone)));
        assertTrue(refused.text().contains("action=\"sign-in?response_type=code"));
        Page done = browser.post(place, Map.of("note", note(refused), "code", next(phone)));

        assertEquals("authorize?" + Identity.form(request), done.header("Location"));
        String code = Identity.said(identity.allow(browser, guest, request)).get("code");
        assertEquals(200, identity.token(identity.exchange(client, code)).status());
    }

    @Test
    void isTurnedOffByACode() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        Phone phone = setUp(guest);

        Page refused = browser.submit(FACTOR, Map.of("code", wrong(phone)));
        assertEquals(403, refused.status());
        assertTrue(refused.text().contains("role=\"alert\""));
        assertTrue(has(guest));
        Page done = browser.submit(FACTOR, Map.of("code", next(phone)));

        assertEquals(List.of(303, "account"), List.of(done.status(), done.header("Location")));
        assertFalse(has(guest));
        Ledger.Entry entry = ledger.last("user", guest.id());
        assertEquals(List.of("user.second_factor_removed", "user:" + guest.id()), List.of(entry.action(), entry.actor()));
        assertTrue(isSignedIn(browser) && isSignedIn(signedIn(guest)));
    }

    @Test
    void isTurnedOffByNoGuesses() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        Phone phone = setUp(guest);

        for (int i = 0; i < 5; i++) {
            assertEquals(403, browser.post(FACTOR, Map.of("code", wrong(phone))).status());
        }

        assertEquals(403, browser.post(FACTOR, Map.of("code", next(phone))).status());
        assertTrue(has(guest));
    }

    @Test
    void isTurnedOffByAnAdministrator() {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);
        Browser browser = new Browser();
        Page page = asked(browser, guest);

        for (int i = 0; i < 2; i++) {
            deployment.api().delete(guest.path() + "/second_factor").then().statusCode(200).body("success", equalTo(true));
        }

        assertFalse(has(guest));
        assertEquals(1,
                ledger.actions("user", guest.id()).stream().filter("user.second_factor_removed"::equals).count());
        assertEquals(403, send(browser, page, next(phone)).status());
        assertTrue(isSignedIn(signedIn(guest)));
        deployment.api().delete(Guests.USERS + "/999999/second_factor").then().statusCode(404);
    }

    @Test
    void isTurnedOffByNobodyWhoMayDoLessThanThePerson() {
        Guest owner = guests.welcome();
        stewards.appoint(owner, "Owner");
        setUp(owner);
        RequestSpecification admin = Deployment.as(deployment.client(stewards.role("Admin"), null).getString("token"));
        RequestSpecification viewer = Deployment.as(deployment.client(stewards.role("Viewer"), null).getString("token"));

        admin.delete(owner.path() + "/second_factor").then().statusCode(403);
        viewer.delete(owner.path() + "/second_factor").then().statusCode(403);

        assertTrue(has(owner));
    }

    /** Whoever has the mailbox alone is not let in. */
    @Test
    void outlivesANewPassword() {
        Guest guest = guests.welcome();
        Phone phone = setUp(guest);

        guests.setPassword(guest);

        Browser browser = new Browser();
        assertEquals(303, send(browser, asked(browser, guest), next(phone)).status());
    }

    @Test
    void isNothingForWhomTheProviderVouches() {
        Guest guest = guests.welcome();
        Browser browser = signedIn(guest);
        Page page = browser.get(FACTOR);
        ledger.update("""
                insert into identity_provider (workspace_id, name, issuer, client_id, scopes, groups_claim, create_users,
                    trust_email, created_at, updated_at)
                select workspace_id, 'P', 'https://p.example', 'c', 'openid', 'groups', false, false, now(), now()
                from end_user where id = ?""", guest.id());
        try {
            ledger.update("update browser_session set provider_id = (select max(id) from identity_provider) "
                    + "where user_id = ?", guest.id());

            assertFalse(browser.get(ACCOUNT).text().contains("second factor"));
            assertEquals("account", browser.get(FACTOR).header("Location"));
            assertEquals("account", browser.post(FACTOR,
                    Map.of("note", note(page), "code", Phone.of(page).code(clock.instant()))).header("Location"));
            assertFalse(has(guest));
        } finally {
            ledger.update("delete from identity_provider where name = 'P'");
        }
    }

    @Test
    void isNothingForStrangers() {
        assertEquals("account", new Browser().get(FACTOR).header("Location"));
        assertEquals(403, new Browser().post(FACTOR, Map.of("code", "123456")).status());
    }
}
