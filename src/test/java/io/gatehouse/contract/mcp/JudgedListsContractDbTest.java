package io.gatehouse.contract.mcp;

import static io.gatehouse.testing.FakeUpstream.tool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.Upstream.Era;
import io.gatehouse.testing.Agent;
import io.gatehouse.testing.Deployment;
import io.gatehouse.testing.EventStream;
import io.gatehouse.testing.FakeUpstream;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;

/** A proxy server that withholds what nobody has approved, whose upstream shares the client's era. // G-16, P-19 */
@QuarkusTest
class JudgedListsContractDbTest {

    private static final String EVENTS = "text/event-stream";
    private static final String FIND = tool("find", "Finds.").replace('\'', '"');
    private static final String CHANGED = tool("pay", "EVIL").replace('\'', '"');
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[" + FIND + "," + CHANGED + "]}}";
    private static final String JUDGED = "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[" + FIND + "]}}";
    private static final Map<String, ?> PAGE = Map.of("cursor", "");

    @Inject
    Deployment deployment;

    private final FakeUpstream upstream = new FakeUpstream(Era.DUAL);
    private Agent agent;

    @BeforeEach
    void publish() {
        upstream.tools(tool("find", "Finds."), tool("pay", "Pays."));
        agent = deployment.proxy(upstream.url(), Map.of("change_policy", "withhold")).agent();
        upstream.forget();
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private void answers(String method, String type, String text) {
        upstream.raw(method, (message, response) -> response.putHeader("Content-Type", type).end(text));
    }

    private void pours(String method, byte[] bytes) {
        upstream.raw(method, (message, response) -> {
            response.setChunked(true).putHeader("Content-Type", EVENTS);
            for (byte b : bytes) {
                response.write(Buffer.buffer().appendByte(b));
            }
            response.end();
        });
    }

    private static void write(HttpServerResponse response, String events) {
        response.setChunked(true).putHeader("Content-Type", EVENTS).write(events);
    }

    private HttpResponse<String> ask(String method) {
        return agent.send(agent.legacy(1, method, PAGE)).join();
    }

    /** What a client got before the answer ended or broke off. */
    private String got(String method) {
        try {
            return ask(method).body();
        } catch (CompletionException broken) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "data: %s\n\n", "data:%s\r\n\r\n", "id: 1\rdata: %s\r\r", "\uFEFFdata: %s\n\n",
            ": hi\n\nevent: message\nid: 2\ndata: %s\n\ndata: {}\n\n", "event: odd\ndata: %s\n\n", "data: %s" })
    void judgesAListInTheStreamOfAnotherAnswer(String events) {
        pours("ping", events.formatted(LIST).getBytes(StandardCharsets.UTF_8));
        String kept = events.startsWith("\uFEFF") ? events.substring(1) : events;

        String got = ask("ping").body();

        assertFalse(got.contains("EVIL"), got);
        String[] data = got.lines().filter(line -> line.startsWith("data:")).toArray(String[]::new);
        assertEquals(Agent.json(JUDGED), Agent.json(data[0].substring(5)));
        for (String line : kept.formatted("").split("[\r\n]+")) {
            assertTrue(got.contains(line), got);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "\\u0074ools", "t\\u006Fols", "too\\u006cs", "tool\\u0073" })
    void judgesAListWhoseKeyIsSpeltOtherwise(String key) {
        String list = LIST.replace("tools", key);
        pours("ping",
                ("data: " + list.replace(",\"result\"", ",\ndata: \"result\"") + "\n\n").getBytes(StandardCharsets.UTF_8));
        assertFalse(ask("ping").body().contains("EVIL"));

        answers("ping", "application/json", list);
        assertEquals(Agent.json(JUDGED), Agent.json(ask("ping").body()));
    }

    /** Some clients would make a list of these. */
    @ParameterizedTest
    @ValueSource(strings = { "data: [%s]\n\n", ": \u000bdata: %s\n\n", "x: %s\ndata: {}\n\n",
            "data: {\"jsonrpc\":\"2.0\",\"result\":{},\"list\":%s,\"result\":{}}\n\n", "event: odd\ndata: %s,\n\n" })
    void passesNothingThatCouldBeAListAndCantBeRead(String events) {
        pours("ping", events.formatted(LIST).getBytes(StandardCharsets.UTF_8));

        assertFalse(got("ping").contains("EVIL"));
    }

    @ParameterizedTest
    @CsvSource({ "application/json, {\"jsonrpc\":\"2.0\"", "application/json;charset=utf-7, {\"jsonrpc\":\"2.0\"",
            "text/plain;x=text/event-stream, data: {\"jsonrpc\":\"2.0\"", "application/json-seq, [{\"jsonrpc\":\"2.0\"" })
    void judgesAListThatIsTheAnswerToAnotherQuestion(String type, String begin) {
        answers("ping", type, LIST.replace("{\"jsonrpc\":\"2.0\"", begin));

        HttpResponse<String> answer = ask("ping");

        assertFalse(answer.body().contains("EVIL"), answer.body());
        assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(null));
    }

    @Test
    void judgesAListOnTheStreamOfASession() {
        String session = ask("initialize").headers().firstValue("Mcp-Session-Id").orElseThrow();
        upstream.raw("GET", (message, response) -> write(response, "id: 1\nretry: 10\ndata:\n\nid: 2\ndata: " + LIST + "\n\n"));

        try (EventStream stream = agent.listen("Mcp-Session-Id", session)) {
            assertEquals("1", stream.next().id());
            EventStream.Event list = stream.next();
            assertEquals("2", list.id());
            assertEquals(Agent.json(JUDGED), list.json());
        }
        upstream.awaitGivenUp("GET");
    }

    @Test
    void judgesAListOnASubscription() {
        upstream.raw("subscriptions/listen", (message, response) -> write(response, "data: " + LIST + "\n\n"));

        try (EventStream stream = agent.open(agent.modern(2, "subscriptions/listen", Map.of("notifications", Map.of())))) {
            assertEquals(Agent.json(JUDGED), stream.next().json());
        }
        upstream.awaitGivenUp("subscriptions/listen");
    }

    @ParameterizedTest
    @ValueSource(strings = { "ping", "tools/list" })
    void passesEveryOtherByteOfAStream(String method) {
        String events = ": hi\r\n\r\nid: 1\r\nretry: 10\r\ndata:\r\n\r\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,"
                + "\"result\":{\"n\":1.0, \"s\":\"\\u00fc\\n\"}}\n\nevent: odd\ndata: \u00fc\n\nid:2\rdata\r\r:\n\n";
        pours(method, events.getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = ask(method);

        assertEquals(events, answer.body());
        assertEquals(EVENTS, answer.headers().firstValue("Content-Type").orElse(null));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"result\":{\"capabilities\":{\"tools\":{ }},\"n\":1.0},\"jsonrpc\":\"2.0\", \"id\":1}",
            "{\"result\":{\"structuredContent\":{\"tools\":[1.0, 9007199254740993]},\"content\":[]},\"jsonrpc\":\"2.0\", \"id\":1}",
            "{\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"tools\\\":[1]} \\u0074\"}]},\"jsonrpc\":\"2.0\", \"id\":1}" })
    void passesEveryByteOfAnswersThatAreNoLists(String answer) {
        answers("tools/call", "application/json", answer);
        assertEquals(answer, agent.send(agent.legacy(1, "tools/call", Map.of("name", "find"))).join().body());

        answers("tools/call", EVENTS, "id: 1\ndata: " + answer + "\n\n");
        assertEquals("id: 1\ndata: " + answer + "\n\n",
                agent.send(agent.legacy(1, "tools/call", Map.of("name", "find"))).join().body());
    }

    /** 2025-11-25, Transports: a server may close the stream behind a first event, and go on when the client comes again. */
    @Test
    void letsAClientPollForTheList() {
        String session = ask("initialize").headers().firstValue("Mcp-Session-Id").orElseThrow();
        answers("tools/list", EVENTS, "id: 41\nretry: 10\ndata:\n\n");
        answers("GET", EVENTS, "id: 42\ndata: " + LIST + "\n\n");

        try (EventStream first = agent.open(agent.post(Agent.message(2, "tools/list", PAGE), "Mcp-Session-Id", session))) {
            assertEquals("41", first.next().id());
            assertTrue(first.next().isEnd());
        }
        try (EventStream again = agent.listen("Mcp-Session-Id", session, "Last-Event-ID", "41")) {
            EventStream.Event list = again.next();
            assertEquals("42", list.id());
            assertEquals(Agent.json(JUDGED), list.json());
        }
        assertEquals("41", upstream.await("GET").headers().get("Last-Event-ID"));
    }

    @Test
    void breaksOffAnEventWithoutAnEnd() {
        BiConsumer<JsonNode, HttpServerResponse> endless = (message, response) -> {
            response.setChunked(true).putHeader("Content-Type", EVENTS);
            pour(response, Buffer.buffer("data: " + "x".repeat(1 << 20)));
        };
        upstream.raw("ping", endless).raw("GET", endless);

        assertEquals("", got("ping"));
        upstream.awaitGivenUp("ping");
        try (EventStream stream = agent.listen()) {
            assertTrue(stream.next().isBroken());
        }
        upstream.awaitGivenUp("GET");
    }

    private static void pour(HttpServerResponse response, Buffer part) {
        if (!response.closed()) {
            response.write(part).onSuccess(written -> pour(response, part));
        }
    }

    @ParameterizedTest
    @CsvSource({ "false, application/json", "true, application/json", "false, text/event-stream", "true, text/event-stream" })
    void leavesAToolAllThatItHas(boolean isModern, String type) {
        String all = "{'name':'find','title':'F','description':'Finds.','icons':[{'src':'data:,','sizes':['any']}],"
                + "'inputSchema':{'type':'object','properties':{'n':{'default':1.0,'maximum':9007199254740993}}},"
                + "'outputSchema':{'type':'array','items':{}},'annotations':{'readOnlyHint':true,'x':1},"
                + "'execution':{'taskSupport':'optional'},'_meta':{'k':[1.50,null]},'more':'\u00fc'}";
        upstream.tools(all, tool("pay", "Pays."));
        agent = deployment.proxy(upstream.url(), Map.of("change_policy", "withhold")).agent();
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[" + all.replace('\'', '"') + "," + CHANGED
                + "],\"nextCursor\":\"\",\"extra\":1.10}}";
        answers("tools/list", type, type.equals(EVENTS) ? "data: " + list + "\n\n" : list);

        String listed = agent.send(isModern ? agent.modern(1, "tools/list", PAGE) : agent.legacy(1, "tools/list", PAGE)).join()
                .body().strip();

        assertEquals(list.replace("," + CHANGED, ""), listed.startsWith("data: ") ? listed.substring(6) : listed);
    }

    /** What is left of a page may be nothing; the next one is asked for all the same. */
    @ParameterizedTest
    @ValueSource(strings = { "", "p2", "\u00fc/+=" })
    void passesAnEmptyPageWithItsCursor(String cursor) {
        answers("tools/list", "application/json", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[" + CHANGED
                + "],\"nextCursor\":\"" + cursor + "\"}}");

        for (boolean isModern : new boolean[] { true, false }) {
            Map<String, ?> page = Map.of("cursor", cursor);
            JsonNode result = Agent.json(agent.send(isModern ? agent.modern(1, "tools/list", page)
                    : agent.legacy(1, "tools/list", page)).join().body()).path("result");

            assertTrue(result.path("tools").isArray() && result.path("tools").isEmpty(), result.toString());
            assertEquals(cursor, result.path("nextCursor").textValue());
            assertEquals(cursor, upstream.await("tools/list").body().at("/params/cursor").textValue());
        }
    }

    // A list that passes through here may be another one soon
    @ParameterizedTest
    @CsvSource({ "3600000, public, 10000", "5, public, 5", "0, private, 0" })
    void letsNobodyKeepAJudgedListForLong(int millis, String scope, int kept) {
        answers("tools/list", "application/json", LIST.replace("{\"tools\"",
                "{\"resultType\":\"complete\",\"ttlMs\":" + millis + ",\"cacheScope\":\"" + scope + "\",\"tools\""));

        JsonNode result = Agent.json(agent.send(agent.modern(2, "tools/list", PAGE)).join().body()).path("result");

        assertEquals(kept, result.path("ttlMs").asInt());
        assertEquals("private", result.path("cacheScope").asText());
        assertEquals("complete", result.path("resultType").asText());
        answers("tools/list", "application/json", LIST);
        assertEquals(List.of("tools"), List.copyOf(Agent.json(ask("tools/list").body()).path("result").properties().stream()
                .map(Map.Entry::getKey).toList()));
    }

    /** Far more than is held, as an answer to another question. */
    private HttpResponse<String> askForMuch(String message) {
        upstream.raw("ping", (asked, response) -> response.setChunked(true).putHeader("Content-Type", "application/json")
                .end(message.replace("MUCH", "x".repeat(200_000))));
        return agent.send(agent.legacy(1, "ping", PAGE)).join();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'id':1,'result':{'content':'MUCH','structuredContent':{'tools':[1]}}}",
            "{'id':1,'result':{'content':['MUCH','tools'],'a':'tools','toolsets':1,'too':2,'a b':{'x':'y\\\\\\\"tools'}}}",
            "{'id':1,'tools':[],'result':'MUCH'}" })
    void passesWhatIsTooLargeToBeHeldAndHasNoList(String message) {
        String sent = message.replace('\'', '"');

        assertEquals(sent.replace("MUCH", "x".repeat(200_000)), askForMuch(sent).body());
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'id':2,'result':{'content':'MUCH','tools':[1]}}", "{'id':2,'result':{'a':'MUCH','tools' : [1]}}",
            "{'id':2,'result':{'a':'MUCH','t\\\\u006fols':[1]}}", "['MUCH',{'id':2,'result':{'tools':[1]}}]",
            "{'a':['MUCH\\\\\\\"'],'result':{'tools':[1]}}", "{'a':'MUCH'}{'result':{'tools':[]}}", "{'a':'MUCH\0'}" })
    void breaksOffWhatIsTooLargeToBeHeldAndHasAList(String message) {
        assertThrows(CompletionException.class, () -> askForMuch(message.replace('\'', '"')));
    }
}
