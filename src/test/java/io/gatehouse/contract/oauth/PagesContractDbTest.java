package io.gatehouse.contract.oauth;

import static io.gatehouse.contract.oauth.Guests.SIGN_IN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.contract.oauth.Browser.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;

/** What all pages have in common: their headers, and their failures. */
@QuarkusTest
class PagesContractDbTest {

    private static final Pattern STYLE = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL);

    @Inject
    Guests guests;

    private List<Page> all() {
        Browser browser = Guests.signedIn(guests.welcome());
        String invitation = guests.invite(guests.create("Ann"));
        return List.of(browser.get(SIGN_IN), browser.get("/oauth/account"), browser.get("/oauth/second-factor"),
                browser.get(invitation),
                browser.get("/oauth/invitation"), Guests.signIn(browser, "a@b.test", "x"),
                Guests.accept(browser, invitation, "short"), Guests.accept(browser, invitation, Guests.PASSWORD),
                browser.post("/oauth/sign-out", Map.of()), new Browser().post(SIGN_IN, Map.of()),
                browser.send("PUT", SIGN_IN), browser.get("/oauth/sign-in/none"));
    }

    @Test
    void letNobodyFrameThemRunScriptsInThemOrKeepThem() throws NoSuchAlgorithmException {
        for (Page page : all()) {
            Matcher style = STYLE.matcher(page.text());
            assertTrue(style.find());
            String digest = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
            assertEquals("default-src 'none'; style-src 'sha256-" + digest
                    + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
                    page.header("Content-Security-Policy"));
            assertEquals("DENY", page.header("X-Frame-Options"));
            assertEquals("nosniff", page.header("X-Content-Type-Options"));
            assertEquals("same-origin", page.header("Referrer-Policy"));
            assertEquals("same-origin", page.header("Cross-Origin-Opener-Policy"));
            assertEquals("no-store", page.header("Cache-Control"));
            assertEquals("text/html;charset=UTF-8", page.header("Content-Type"));
            assertFalse(page.text().contains("<script"));
            assertFalse(page.text().contains("NOT_FOUND"), page.text());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "https://app.test/cb|https://app.test", "http://localhost:99/cb|http://localhost:99",
            "http://127.0.0.1/|http://127.0.0.1", "http://[::1]:7/|http:", "cursor://x/y|cursor:", "javascript:alert(1)|",
            "data:text/html,x|", "https://a.test;script-src/|", "/cb|", "https:///x|", "https://x'y/|", "%zz|" })
    void letAFormLeadOnToTheClientOnly(String redirectUri, String source) {
        String policy = new Browser().get(SIGN_IN + "?redirect_uri=" + Browser.encoded(redirectUri))
                .header("Content-Security-Policy");

        assertEquals("form-action 'self'" + (source == null ? "" : " " + source), policy.replaceFirst(".*; ", ""));
    }

    @ParameterizedTest
    @CsvSource({ "PUT,405", "DELETE,405", "PATCH,405" })
    void answerAWrongMethodWithAPage(String method, int status) {
        for (String target : List.of(SIGN_IN, "/oauth/account", "/oauth/invitation", "/oauth/sign-out")) {
            Page page = new Browser().send(method, target);
            assertEquals(status, page.status());
            assertTrue(page.text().contains("<h1>"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "multipart/form-data; boundary=x", "text/plain", "x" })
    void answerAWrongContentTypeWithAPage(String type) {
        Page page = new Browser().postAsync(SIGN_IN, "{}", "Content-Type", type).join();

        assertEquals(415, page.status());
        assertTrue(page.text().contains("<h1>"));
    }

    @ParameterizedTest
    @CsvSource({ "a=%zz,400", "a=%,400", "%=a,400", "%00=%00,403", "'',403", "a,403" })
    void answerAMalformedFormWithAPage(String form, int status) {
        Page page = new Browser().postAsync(SIGN_IN, form).join();

        assertEquals(status, page.status());
        assertTrue(page.text().contains("<h1>"));
        assertFalse(page.text().contains("Exception"));
    }

    @ParameterizedTest
    @CsvSource({ "Content-Length: 16385,413", "Content-Length: 40000000,413", "Transfer-Encoding: chunked,411" })
    void refuseALargeFormBeforeItIsRead(String header, int status) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("POST /oauth/sign-in HTTP/1.1\r\nHost: localhost\r\n" + header
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            String first = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();

            assertTrue(first.startsWith("HTTP/1.1 " + status), first);
        }
    }

    @Test
    void takeAFormOfTheLargestSize() {
        Page page = new Browser().postAsync(SIGN_IN, "a=" + "b".repeat(16 * 1_024 - 2)).join();

        assertEquals(403, page.status());
    }

    @Test
    void areInNoOpenApiDocument() {
        for (String document : List.of("/openapi", "/openapi/gatehouse", "/openapi/workato", "/openapi/celigo")) {
            assertFalse(RestAssured.get(document).asString().contains("\n  /oauth/"));
        }
    }
}
