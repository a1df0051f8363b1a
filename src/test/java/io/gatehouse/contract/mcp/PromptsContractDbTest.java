package io.gatehouse.contract.mcp;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.gatehouse.plan.PlanSource;
import io.gatehouse.plan.PromptPlan.ContentType;
import io.gatehouse.plan.PromptPlan.Role;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.prompts.Prompt;
import io.gatehouse.prompts.Prompt.Argument;
import io.gatehouse.prompts.Prompt.MessageTemplate;
import io.gatehouse.prompts.Prompts;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.Deployment.Published;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;

/** Prompts as agents list and get them (MCP 2026-07-28 and 2025-11-25). */
@QuarkusTest
class PromptsContractDbTest {

    private static final String MODERN = "2026-07-28";
    private static final Map<String, Object> META = Map.of("io.modelcontextprotocol/protocolVersion", MODERN,
            "io.modelcontextprotocol/clientCapabilities", Map.of());
    private static final Prompt BRIEF = new Prompt("brief", null, null, null,
            List.of(new MessageTemplate(Role.USER, ContentType.TEXT, null, "Be brief.")));
    private static final Prompt REVIEW = new Prompt("review", "Code review", "Reviews code",
            List.of(new Argument("code", "The code", true, List.of()), new Argument("style", null, false, List.of())),
            List.of(new MessageTemplate(Role.USER, ContentType.TEXT, null,
                    "Review {{code}}{{#style}} in the style of {{style}}{{/style}}."),
                    new MessageTemplate(Role.ASSISTANT, ContentType.TEXT, null, "With pleasure: {{nothing}}"),
                    new MessageTemplate(Role.USER, ContentType.RESOURCE, "text/x-java", "{{code}}")));
    private static final Prompt MEDIA = new Prompt("média/100%", null, null,
            List.of(new Argument("data", null, true, List.of())),
            List.of(new MessageTemplate(Role.USER, ContentType.IMAGE, "image/png", "{{data}}"),
                    new MessageTemplate(Role.USER, ContentType.AUDIO, "audio/wav", "{{data}}\n"),
                    new MessageTemplate(Role.USER, ContentType.RESOURCE, null, "{{data}}")));

    private static Published server;

    @Inject
    Deployment deployment;
    @Inject
    PlanSource plans;
    @Inject
    Prompts prompts;
    @Inject
    Changes changes;

    @BeforeEach
    void publish() {
        if (server == null) {
            server = deployment.createServer();
            give(server, List.of(REVIEW, MEDIA, BRIEF));
        }
    }

    private void give(Published to, List<Prompt> all) {
        try {
            VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(() -> plans.find(to.handle())
                    .chain(plan -> prompts.replace(plan.orElseThrow().serverId(), all))
                    .chain(() -> changes.announce(PlanSource.topic(to.handle())))).chain(changes::settle));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The two eras as a client speaks them. */
    private enum Era {
        LEGACY {
            @Override
            ValidatableResponse send(Published to, String method, Map<String, ?> params) {
                return post(to, method, params, Map.of());
            }
        },
        MODERN {
            @Override
            ValidatableResponse send(Published to, String method, Map<String, ?> params) {
                Map<String, Object> all = new LinkedHashMap<>(params);
                all.put("_meta", META);
                Map<String, String> headers = new LinkedHashMap<>(
                        Map.of("MCP-Protocol-Version", PromptsContractDbTest.MODERN, "Mcp-Method", method));
                if (params.get("name") instanceof String name) {
                    headers.put("Mcp-Name", "=?base64?"
                            + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)) + "?=");
                }
                return post(to, method, all, headers);
            }
        };

        abstract ValidatableResponse send(Published to, String method, Map<String, ?> params);

        ValidatableResponse get(String name, Map<String, ?> arguments) {
            return send(server, "prompts/get", Map.of("name", name, "arguments", arguments));
        }

        void refuses(Map<String, ?> params, String message) {
            send(server, "prompts/get", params).body("error.code", equalTo(-32602)).body("error.message",
                    equalTo(message));
        }
    }

    private static ValidatableResponse post(Published to, String method, Map<String, ?> params,
            Map<String, String> headers) {
        return given().auth().oauth2(to.token()).headers(headers).contentType("application/json; charset=UTF-8")
                .body(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params)).post(to.path()).then()
                .statusCode(200);
    }

    @ParameterizedTest
    @EnumSource
    // C-61
    void listsPromptsWithTheirArguments(Era era) {
        era.send(server, "prompts/list", Map.of())
                .body("result.prompts.name", contains("brief", "média/100%", "review"))
                .body("result.prompts[2]", equalTo(Map.of("name", "review", "title", "Code review", "description",
                        "Reviews code", "arguments", List.of(
                                Map.of("name", "code", "description", "The code", "required", true),
                                Map.of("name", "style", "required", false)))))
                .body("result.prompts[0]", equalTo(Map.of("name", "brief", "arguments", List.of())))
                .body("result.nextCursor", nullValue());
    }

    @ParameterizedTest
    @EnumSource
    // C-61
    void fillsArgumentsIntoTheMessagesInTheirOrder(Era era) {
        era.get("review", Map.of("code", "<b>{{style}}</b>", "style", "Knuth", "unknown", 7))
                .body("result.description", equalTo("Reviews code"))
                .body("result.messages", equalTo(List.of(
                        Map.of("role", "user", "content",
                                Map.of("type", "text", "text", "Review <b>{{style}}</b> in the style of Knuth.")),
                        Map.of("role", "assistant", "content", Map.of("type", "text", "text", "With pleasure: ")),
                        Map.of("role", "user", "content", Map.of("type", "resource", "resource",
                                Map.of("uri", "prompt://" + server.handle() + "/review/2", "mimeType", "text/x-java",
                                        "text", "<b>{{style}}</b>"))))));
        era.get("review", Map.of("code", "x")).body("result.messages[0].content.text", equalTo("Review x."));
    }

    @ParameterizedTest
    @EnumSource
    // C-59
    void givesEveryTypeOfContent(Era era) {
        era.get("média/100%", Map.of("data", "aGVsbG8="))
                .body("result", not(hasKey("description")))
                .body("result.messages.content", equalTo(List.of(
                        Map.of("type", "image", "data", "aGVsbG8=", "mimeType", "image/png"),
                        Map.of("type", "audio", "data", "aGVsbG8=", "mimeType", "audio/wav"),
                        Map.of("type", "resource", "resource",
                                Map.of("uri", "prompt://" + server.handle() + "/m%C3%A9dia%2F100%25/2", "text",
                                        "aGVsbG8=")))));
    }

    @ParameterizedTest
    @EnumSource
    // C-61
    void tellsTheAgentWhatDoesNotFit(Era era) {
        era.refuses(Map.of("name", "review"), "The argument code is required");
        era.refuses(Map.of("name", "review", "arguments", Map.of("style", "x")), "The argument code is required");
        era.refuses(Map.of("name", "review", "arguments", Map.of("code", 7)), "The argument code must be a string");
        era.refuses(Map.of("name", "review", "arguments", List.of()), "arguments must be an object");
        era.refuses(Map.of("name", "nope"), "Unknown prompt: nope");
        era.refuses(Map.of("name", "média/100%", "arguments", Map.of("data", "%")),
                "Message 0 of the prompt must be Base64, and with these arguments it is not");
        era.refuses(Map.of("name", "review", "arguments", Map.of("code", "x".repeat(600_000))),
                "With these arguments the prompt is longer than 1048576 characters");
    }

    @Test
    void wantsTheNameOfAPromptToBeAString() {
        Era.LEGACY.refuses(Map.of(), "Unknown prompt: ");
        Era.LEGACY.refuses(Map.of("name", 7), "Unknown prompt: 7");
    }

    @Test
    void saysOfModernResultsWhatTheyAre() {
        Era.MODERN.send(server, "prompts/list", Map.of()).body("result.resultType", equalTo("complete"))
                .body("result.ttlMs", equalTo(10_000)).body("result.cacheScope", equalTo("private"))
                .body("result._meta.'io.modelcontextprotocol/serverInfo'.title", equalTo("Server"));
        Era.MODERN.get("brief", Map.of()).body("result.resultType", equalTo("complete"))
                .body("result", not(hasKey("ttlMs")))
                .body("result._meta.'io.modelcontextprotocol/serverInfo'.name", equalTo(server.handle()));
        Era.LEGACY.get("brief", Map.of()).body("result.keySet()", contains("messages"));
    }

    @Test
    void declaresPromptsAlsoWhereThereAreNoneYet() {
        Published plain = deployment.createServer();
        Map<String, ?> offered = Map.of("tools", Map.of("listChanged", true), "prompts", Map.of("listChanged", true));

        for (Era era : Era.values()) {
            era.send(plain, "prompts/list", Map.of()).body("result.prompts", empty());
        }
        for (Published each : List.of(plain, server)) {
            capabilities(each).body("result.capabilities", equalTo(offered));
            Era.MODERN.send(each, "server/discover", Map.of()).body("result.capabilities", equalTo(offered));
        }
    }

    @ParameterizedTest
    @EnumSource
    void completesArgumentsForWhichItHasSuggestions(Era era) {
        Published cities = deployment.createServer();
        give(cities, List.of(BRIEF, new Prompt("travel", null, null, List.of(
                new Argument("city", null, true, List.of("Paris", "Osaka", "Las Palmas")),
                new Argument("number", null, false, IntStream.range(0, 1_000).mapToObj(Integer::toString).toList()),
                new Argument("why", null, false, List.of())), List.of())));

        capabilities(cities).body("result.capabilities", hasEntry("completions", Map.of()));
        Era.MODERN.send(cities, "server/discover", Map.of()).body("result.capabilities", hasEntry("completions", Map.of()));
        complete(era, cities, "travel", "city", "pa").body("result.completion",
                equalTo(Map.of("values", List.of("Paris", "Las Palmas"), "total", 2, "hasMore", false)));
        complete(era, cities, "travel", "why", "x").body("result.completion",
                equalTo(Map.of("values", List.of(), "total", 0, "hasMore", false)));
        complete(era, cities, "travel", "number", "9").body("result.completion.values", hasSize(100))
                .body("result.completion.values[0]", equalTo("9")).body("result.completion.total", equalTo(271))
                .body("result.completion.hasMore", equalTo(true))
                .body("result.resultType", equalTo(era == Era.MODERN ? "complete" : null));
        complete(era, cities, "brief", "city", "").body("error.code", equalTo(-32602)).body("error.message",
                equalTo("Unknown argument: city"));
        complete(era, cities, "nope", "city", "").body("error.message", equalTo("Unknown prompt: nope"));
    }

    private static ValidatableResponse complete(Era era, Published of, String prompt, String argument, String begun) {
        return era.send(of, "completion/complete", Map.of("ref", Map.of("type", "ref/prompt", "name", prompt), "argument",
                Map.of("name", argument, "value", begun), "context", Map.of("arguments", Map.of("city", "x"))));
    }

    @ParameterizedTest
    @EnumSource
    void completesNothingElse(Era era) {
        Map<String, ?> ref = Map.of("type", "ref/prompt", "name", "review");
        for (Map<String, ?> params : List.of(Map.<String, Object> of(), Map.of("ref", 7), Map.of("ref", ref),
                Map.of("ref", Map.of("type", "ref/resource", "uri", "a:{b}"), "argument", Map.of("name", "b", "value", "")),
                Map.of("ref", ref, "argument", Map.of("name", "code", "value", 7)),
                Map.of("ref", ref, "argument", Map.of("value", "x")), Map.of("ref", ref, "argument", List.of()))) {
            era.send(server, "completion/complete", params).body("error.code", equalTo(-32602));
        }
    }

    private static ValidatableResponse capabilities(Published of) {
        return Era.LEGACY.send(of, "initialize", Map.of("protocolVersion", "2025-11-25"));
    }

    @ParameterizedTest
    @EnumSource
    void pagesLongLists(Era era) {
        Published wordy = deployment.createServer();
        give(wordy, IntStream.range(0, 300).mapToObj(i -> new Prompt("p" + (1000 + i), null, null, null, null)).toList());

        String cursor = era.send(wordy, "prompts/list", Map.of()).body("result.prompts.size()", equalTo(250))
                .extract().path("result.nextCursor");
        era.send(wordy, "prompts/list", Map.of("cursor", cursor)).body("result.prompts.size()", equalTo(50))
                .body("result.prompts[0].name", equalTo("p1250")).body("result.nextCursor", nullValue());
        era.send(wordy, "prompts/list", Map.of("cursor", "%%%")).body("error.code", equalTo(-32602))
                .body("error.message", containsString("cursor"));
    }

    @Test
    void showsWhatReplacesTheirPromptsAtOnce() throws Throwable {
        Published changing = deployment.createServer();
        give(changing, List.of(BRIEF, REVIEW));
        Era.LEGACY.send(changing, "prompts/list", Map.of()).body("result.prompts.name", contains("brief", "review"));

        give(changing, List.of(REVIEW, MEDIA));

        Era.LEGACY.send(changing, "prompts/list", Map.of()).body("result.prompts.name",
                contains("média/100%", "review"));
        assertEquals(List.of(REVIEW, MEDIA), VertxContextSupport.subscribeAndAwait(() -> Panache.withSession(
                () -> plans.find(changing.handle()).chain(plan -> prompts.of(plan.orElseThrow().serverId())))));
    }

    @Test
    void readsThePromptsOfSeveralServers() throws Throwable {
        long withSome = plan(server);
        long without = plan(deployment.createServer());

        assertEquals(Map.of(withSome, List.of(REVIEW, MEDIA, BRIEF), without, List.of()),
                VertxContextSupport.subscribeAndAwait(
                        () -> Panache.withSession(() -> prompts.of(List.of(withSome, without)))));
        assertEquals(Map.of(),
                VertxContextSupport.subscribeAndAwait(() -> Panache.withSession(() -> prompts.of(List.of()))));
    }

    private long plan(Published of) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> plans.find(of.handle())).orElseThrow().serverId();
    }
}
