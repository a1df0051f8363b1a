package io.gatehouse.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/** The player of golden exchanges, with answers from a list instead of a server. */
class GoldenExchangesTest {

    private static final String TWO = """
            # makes a pet, and reads it
            POST /pets?of={{owner}}
            Authorization: Bearer {{token}}

            {"name": "Rex", "age": {{age}}}

            HTTP 201
            Location: /pets/{{id}}

            {"id": "{{id}}", "name": "Rex", "age": {{age}}, "born": "<any-timestamp>", "tags": [1, "<any-number>"],
             "url": "http://x.test/{{slug}}?of={{owner}}"}
            ###
            DELETE /pets/{{id}}/{{slug}}

            HTTP 204
            """;
    private static final String GOOD = """
            {"age":7,"id":12,"name":"Rex","born":"2026-01-02T03:04:05.678Z","tags":[1,2],"url":"http://x.test/r-1?of=me"}""";

    private final List<Request> requests = new ArrayList<>();

    private List<String> play(String text, Answer... answers) {
        Map<String, String> variables = new HashMap<>(Map.of("token", "t", "owner", "me", "age", "7"));
        return GoldenExchanges.parse(text).play(variables, request -> {
            requests.add(request);
            return answers[requests.size() - 1];
        });
    }

    private static Answer answer(int status, String location, String body) {
        return new Answer(status, HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true),
                body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void playsInOrderWithWhatItHasLearnt() {
        assertEquals(List.of(), play(TWO, answer(201, "/pets/12", GOOD), answer(204, "", "")));

        assertEquals("/pets?of=me", requests.get(0).target());
        assertEquals("{\"name\": \"Rex\", \"age\": 7}", new String(requests.get(0).body(), StandardCharsets.UTF_8));
        assertEquals("Bearer t", requests.get(0).headers().get("Authorization"));
        assertEquals("DELETE", requests.get(1).method());
        assertEquals("/pets/12/r-1", requests.get(1).target());
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"name\":\"Rex\"|\"name\":\"Max\"", "\"id\":12|\"id\":13", "\"id\":12|\"id\":null",
            "\"age\":7|\"age\":8", "\"age\":7|\"age\":\"7\"", "\"age\":7,|", "{\"age\"|{\"more\":1,\"age\"", "[1,2]|[2,1]",
            "[1,2]|[1]", "[1,2]|[1,2,3]", "[1,2]|[1,true]", "2026-01-02T|2026-01-02 ", "of=me|of=you", "}|" })
    void namesWhatIsDifferent(String change) {
        String[] parts = change.split("\\|", 2);

        assertFalse(play(TWO, answer(201, "/pets/12", GOOD.replace(parts[0], parts[1]))).isEmpty());
        assertEquals(1, requests.size());
    }

    @Test
    void comparesStatusHeadersAndAbsentBodies() {
        assertFalse(play(TWO, answer(200, "/pets/12", GOOD)).isEmpty());
        requests.clear();
        assertFalse(play(TWO, answer(201, "/dogs/12", GOOD)).isEmpty());
        requests.clear();
        assertFalse(play(TWO, answer(201, "/pets/12", GOOD), answer(204, "", "{}")).isEmpty());
    }

    @Test
    void refusesFilesThatSayNothingDefinite() {
        assertThrows(IllegalArgumentException.class, () -> GoldenExchanges.parse("GET /pets"));
        assertThrows(IllegalArgumentException.class, () -> play("GET /{{nobody}}\n\nHTTP 200\n"));
        assertThrows(IllegalArgumentException.class,
                () -> play("GET /\n\nHTTP 200\n\n\"<any-thing>\"", answer(200, "", "\"x\"")));
    }
}
