package io.gatehouse.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Wire.Answer;

/** The judge itself, on a small document. */
class SpecificationTest {

    private static final String DOCUMENT = """
            openapi: VERSION
            info: {title: Pets, version: '1'}
            paths:
              /pets:
                get:
                  operationId: listPets
                  parameters: [{$ref: '#/components/parameters/Page'}]
                  responses:
                    '200':
                      description: all
                      content:
                        application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}
                    '204': {description: none}
                    4XX: {$ref: '#/components/responses/Wrong'}
                post:
                  operationId: createPet
                  requestBody: {$ref: '#/components/requestBodies/Pet'}
                  responses: {'201': {description: made, content: {text/*: {}}}}
              /pets/{id}:
                get: {operationId: getPet, responses: {'200': {description: one}}}
              /pets/mine:
                get: {operationId: getMine, responses: {'200': {description: one}}}
            components:
              parameters: {Page: {name: page, in: query, schema: {type: integer}}}
              requestBodies:
                Pet: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
              responses:
                Wrong: {description: wrong, content: {application/json: {schema: {$ref: '#/components/schemas/Wrong'}}}}
              schemas:
                Wrong: {type: object, required: [message], properties: {message: {type: string}}}
                Pet:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string}
                    born: {type: string, format: date-time}
                    page: {type: string, format: uri}
                    parent: {$ref: '#/components/schemas/Pet'}
            """;

    private final Specification specification = Specification.parse(DOCUMENT.replace("VERSION", "3.1.0"));

    private static Answer answer(int status, String type, String body) {
        Map<String, List<String>> headers = type == null ? Map.of() : Map.of("Content-Type", List.of(type));
        return new Answer(status, HttpHeaders.of(headers, (name, value) -> true),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> list(int status, String type, String body) {
        return specification.faults("GET", "/pets", answer(status, type, body));
    }

    @Test
    void findsNothingWrongWithWhatIsDeclared() {
        assertEquals(List.of(), list(200, "application/json;charset=UTF-8",
                "[{\"name\":\"a\",\"born\":\"2026-01-01T00:00:00.123Z\",\"page\":\"http://x.test/a?b=c\"}]"));
        assertEquals(List.of(), list(204, null, ""));
        assertEquals(List.of(), list(418, "application/json", "{\"message\":\"no\"}"));
        assertEquals(List.of(), specification.faults("POST", "/pets", answer(201, "text/plain", "made")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "[{}]", "[{\"name\":7}]", "{}", "[{\"name\":\"a\",\"born\":\"yesterday\"}]",
            "[{\"name\":\"a\",\"page\":\"no page\"}]", "[{\"name\":\"a\",\"parent\":{\"parent\":{}}}]", "", "[", "[] []" })
    void namesBodiesThatBreakTheSchema(String body) {
        for (String version : List.of("3.0.3", "3.1.0")) {
            List<String> faults = Specification.parse(DOCUMENT.replace("VERSION", version)).faults("GET", "/pets",
                    answer(200, "application/json", body));

            assertFalse(faults.isEmpty(), body);
            assertTrue(faults.get(0).startsWith("listPets 200: "), faults.get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = { "500,application/json,the status is not declared",
            "200,text/html,the content type text/html is not declared", "200,-,the content type none is not declared",
            "204,application/json,no body is declared" })
    void namesStatusesAndTypesThatAreNotDeclared(int status, String type, String fault) {
        assertEquals(List.of("listPets " + status + ": " + fault), list(status, type, "[]"));
    }

    @Test
    void toleratesOnlyTheStatusesThatItIsTold() {
        specification.tolerating(Set.of(503));

        assertEquals(List.of(), list(503, "text/plain", "down"));
        assertFalse(list(500, "text/plain", "down").isEmpty());
    }

    @Test
    void countsKnownExceptionsUnderTheirNames() {
        specification.excepting("nameless pets", "listPets 200: .*'name'");

        assertEquals(List.of(), list(200, "application/json", "[{},{}]"));
        assertEquals(Map.of("nameless pets", 2), specification.excused());
        assertEquals(1, list(200, "application/json", "[{},7]").size());
    }

    @Test
    void findsTheMostConcreteOperation() {
        assertEquals("getMine", specification.operation("GET", "/pets/mine").orElseThrow().id());
        assertEquals("getPet", specification.operation("GET", "/pets/a.b").orElseThrow().id());
        assertTrue(specification.operation("GET", "/pets/a/b").isEmpty());
        assertTrue(specification.operation("PUT", "/pets").isEmpty());
        assertFalse(specification.faults("PUT", "/pets", answer(200, null, "")).isEmpty());
        assertEquals(Set.of("query page"),
                specification.parameters(specification.operation("GET", "/pets").orElseThrow()).keySet());
    }

    @Test
    void judgesRequestsToo() {
        byte[] pet = "{\"name\":7}".getBytes(StandardCharsets.UTF_8);

        assertEquals(1, specification.requestFaults("POST", "/pets", "application/json", pet).size());
        assertEquals(1, specification.requestFaults("POST", "/pets", "text/plain", pet).size());
        assertEquals(List.of(), specification.requestFaults("POST", "/pets", "application/json",
                "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8)));
    }
}
