package io.gatehouse.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison of documents, on a small one. */
class SupersetTest {

    private static final String PROMISED = """
            openapi: 3.1.0
            paths:
              /pets/{id}:
                put:
                  operationId: updatePet
                  parameters:
                  - {name: id, in: path, required: true, schema: {type: string}}
                  - {name: page, in: query, schema: {type: integer, maximum: 100}}
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                  responses:
                    '200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
                    '404': {description: gone}
            components:
              schemas:
                Pet:
                  type: object
                  properties:
                    name: {type: [string, 'null'], maxLength: 300}
                    kind: {enum: [cat, dog]}
                    parent: {$ref: '#/components/schemas/Pet'}
            """;

    private static List<String> missing(String offered, Set<String> furtherStatuses) {
        return Superset.missing(Specification.parse(PROMISED), Specification.parse(offered), furtherStatuses);
    }

    @Test
    void missesNothingInADocumentThatOffersMore() {
        assertEquals(List.of(), missing(PROMISED, Set.of()));
        assertEquals(List.of(), missing(PROMISED.replace("'404': {description: gone}",
                "'404': {description: gone}\n        '429': {description: slower}").replace("cat, dog", "cat, dog, cow"),
                Set.of("429")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "/pets/{id}|/cats/{id}", "updatePet|putPet", "put:|post:", "name: page|name: p",
            "maximum: 100|maximum: 99", "required: true|required: false", "'404'|'400'", "type: array|type: object",
            "[string, 'null']|string", "maxLength: 300|minLength: 1", "cat, dog|cat", "name: {type|title: {type",
            "Pet:|Dog:", "application/json|text/plain", "in: query,|in: query, required: true," })
    void missesWhatIsDifferent(String part, String change) {
        assertFalse(missing(PROMISED.replace(part, change), Set.of()).isEmpty());
    }

    @Test
    void missesFurtherStatuses() {
        assertEquals(List.of("PUT /pets/{id} 429"), missing(PROMISED, Set.of("429")));
    }
}
