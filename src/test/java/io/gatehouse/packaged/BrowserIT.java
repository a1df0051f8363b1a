package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.packaged.GuardedServer.Invited;
import io.gatehouse.packaged.NodeProject.Result;
import io.gatehouse.testing.BackEnd;
import io.gatehouse.testing.FakeIssuer;

/** What a person does in a real browser, which is Chromium, and the programs that send them there. */
class BrowserIT {

    private static final Path SCREENSHOTS = Path.of("target/screenshots").toAbsolutePath();
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String CALLBACK = "http://127.0.0.1:49153/callback";

    private static final String NO_BACK_END = "http://127.0.0.1:1";

    private static NodeProject programs;
    private static Installation gatehouse;
    private static GuardedServer server;

    @BeforeAll
    static void start() throws Exception {
        if (Stream.of(System.getenv("PATH").split(":")).map(Path::of).noneMatch(folder -> Files.isExecutable(
                folder.resolve("chromium")))) {
            abort("Chromium is not here, so the pages are not tried");
        }
        programs = new NodeProject("mcp");
        gatehouse = Installation.onLocalhost();
        server = new GuardedServer(gatehouse, NO_BACK_END);
    }

    @AfterAll
    static void stop() throws Exception {
        if (gatehouse != null) {
            gatehouse.close();
        }
    }

    private static JsonNode registered() {
        return gatehouse.made("POST", "/oauth/register", Map.of("client_name", "The application", "redirect_uris",
                List.of(CALLBACK), "token_endpoint_auth_method", "none"));
    }

    private static String authorization(GuardedServer wanted) {
        return authorization(wanted.url());
    }

    private static String authorization(String resource) {
        return gatehouse.url().replace("127.0.0.1", "localhost") + "/oauth/authorize?response_type=code&client_id="
                + registered().path("client_id").asText() + "&redirect_uri=" + encoded(CALLBACK) + "&code_challenge="
                + CHALLENGE + "&code_challenge_method=S256&resource=" + encoded(resource);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void thePagesNeedNoScriptAndAreForEverybody() throws Exception {
        Invited person = server.invite();
        Files.createDirectories(SCREENSHOTS);

        Result result = programs.script("pages.mjs", person.invitation(), person.email(), SCREENSHOTS.toString(),
                authorization(server), authorization(new GuardedServer(gatehouse, NO_BACK_END)));

        assertEquals(List.of("invitation", "invitation-refused", "password-set", "invitation-used", "sign-in",
                "sign-in-refused", "consent", "no-access", "unknown-application", "account",
                "second-factor", "signed-out"),
                result.output().lines().toList());
        assertEquals(0, result.exitCode());
    }

    // P-5: before and after the organisation's provider is known
    @Test
    void thePagesOfSingleSignOnAreForEverybodyToo() throws Exception {
        Files.createDirectories(SCREENSHOTS);
        String asked = authorization(gatehouse.made("POST", "/api/mcp/mcp_servers",
                Map.of("name", "Things", "folder_id", 1, "authentication_method", "sso")).path("mcp_url").asText());
        List<String> shown = new ArrayList<>(look("sso-unknown", asked));
        try (FakeIssuer provider = new FakeIssuer()) {
            provider.answers(FakeIssuer.METADATA, BackEnd.json(provider.metadata()
                    .put("authorization_endpoint", provider.url() + "/authorize")
                    .put("token_endpoint", provider.url() + "/token").encode()));
            int id = gatehouse.made("POST", "/api/iam/identity_providers", Map.of("name", "Example Corp", "issuer",
                    provider.url(), "client_id", "gatehouse", "client_secret", "known to both")).path("id").asInt();
            String pages = gatehouse.url().replace("127.0.0.1", "localhost") + "/oauth/";
            shown.addAll(look("sign-in-or-sso", pages + "sign-in", "sso-over", pages + "sso/callback?state=x&code=y"));
            assertEquals(200, gatehouse.send("DELETE", "/api/iam/identity_providers/" + id, null).status());
        }
        assertEquals(List.of("sso-unknown", "sign-in-or-sso", "sso-over"), shown);
    }

    private static List<String> look(String... pages) throws Exception {
        return programs.script("look.mjs", Stream.concat(Stream.of(SCREENSHOTS.toString()), Stream.of(pages))
                .toArray(String[]::new)).output().lines().toList();
    }

    @Test
    void theInspectorIsLetIn() throws Exception {
        letTheInspectorIn(server);
    }

    @Test
    void theInspectorIsLetInByAnIssuerOnAHostOfItsOwn() throws Exception {
        String port = Installation.freePort();
        try (Installation apart = Installation.onLocalhost(port, Map.of("GATEHOUSE_IDENTITY_ISSUER",
                "http://127.0.0.1:" + port, "GATEHOUSE_PUBLIC_URL", "http://localhost:" + port + "/"))) {
            letTheInspectorIn(new GuardedServer(apart, NO_BACK_END));
        }
    }

    private static void letTheInspectorIn(GuardedServer server) throws Exception {
        Invited person = server.invite();

        Result result = programs.script("let-in.mjs", person.invitation(), person.email(),
                programs.file("node_modules/.bin/mcp-inspector").toString(), "--cli", server.url(), "--transport", "http",
                "--method", "tools/list", "--relogin");

        assertTrue(result.output().contains("\"name\": \"look\""), result.output());
        assertEquals(0, result.exitCode(), result.output());
    }

    // The suite's two scenarios for authorization servers
    @Test
    void theConformanceSuiteIsLetIn() throws Exception {
        NodeProject suite = new NodeProject("conformance");
        Invited person = server.invite();

        Result result = programs.script("let-in.mjs", person.invitation(), person.email(),
                suite.file("node_modules/conformance-2/dist/index.js").toString(), "authorization", "--url",
                gatehouse.url().replace("127.0.0.1", "localhost") + "/oauth", "--client-id",
                registered().path("client_id").asText(), "--resource", server.url(), "--port", "49153");

        assertTrue(result.output().contains("authorization-server-metadata-endpoint: 2 passed, 0 failed"), result.output());
        assertTrue(result.output().contains("authorization-code-grant: 1 passed, 0 failed"), result.output());
        assertEquals(0, result.exitCode(), result.output());
    }
}
