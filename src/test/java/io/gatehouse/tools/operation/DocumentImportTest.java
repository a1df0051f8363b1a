package io.gatehouse.tools.operation;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.connections.Scheme;
import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.HttpOperation;
import io.gatehouse.plan.HttpOperation.Encoding;
import io.gatehouse.plan.HttpOperation.In;
import io.gatehouse.plan.HttpOperation.Style;

/** Documents come in, operations come out. */
class DocumentImportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HEAD = """
            openapi: 3.1.0
            info: {title: Things, version: '7'}
            servers: [{url: 'https://things.test/v1/'}]
            """;

    private static ImportedDocument read(String paths) {
        return DocumentImport.read(HEAD + paths, "yaml");
    }

    private static ImportedOperation only(String paths) {
        List<ImportedOperation> operations = read(paths).operations();
        assertEquals(1, operations.size());
        return operations.get(0);
    }

    private static JsonNode schema(ImportedOperation operation) {
        assertNull(operation.refusal());
        try {
            return JSON.readTree(operation.inputSchema());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keepsWhatTheDocumentSaysOfItself() {
        ImportedDocument document = read("paths: {}");

        assertAll(() -> assertEquals("Things", document.title()), () -> assertEquals("7", document.version()),
                () -> assertEquals("https://things.test/v1", document.baseUrl()),
                () -> assertEquals(List.of(), document.operations()));
    }

    @Test
    void fillsInTheVariablesOfServers() {
        ImportedDocument document = DocumentImport.read("""
                openapi: 3.0.3
                info: {title: t, version: '1'}
                servers:
                - url: https://{region}.test/{base}
                  variables: {region: {default: eu}, base: {default: v2}}
                paths: {}
                """, null);

        assertEquals("https://eu.test/v2", document.baseUrl());
    }

    @Test
    void leavesTheAddressOpenWhereNoServerIsAbsolute() {
        assertNull(DocumentImport.read("{\"openapi\":\"3.0.0\",\"servers\":[{\"url\":\"/api\"}],\"paths\":{}}", null)
                .baseUrl());
    }

    @Test
    void operationsAndPathsMayHaveServersOfTheirOwn() {
        ImportedDocument document = read("""
                paths:
                  /a:
                    servers: [{url: 'https://path.test'}]
                    get: {responses: {}}
                    put: {servers: [{url: 'https://operation.test'}], responses: {}}
                """);

        assertEquals(List.of("https://path.test", "https://operation.test"),
                document.operations().stream().map(ImportedOperation::baseUrl).toList());
    }

    @Test
    void mergesTheParametersOfThePathAndTheOperation() {
        ImportedOperation operation = only("""
                paths:
                  /things/{id}:
                    parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                    - {name: limit, in: query, schema: {type: string}}
                    get:
                      parameters:
                      - {name: limit, in: query, schema: {type: integer}}
                      - {$ref: '#/components/parameters/trace'}
                components:
                  parameters:
                    trace: {name: X-Trace, in: header, schema: {type: string}}
                """);

        JsonNode schema = schema(operation);
        assertEquals("integer", schema.at("/properties/limit/type").asText());
        assertEquals("[\"id\"]", schema.path("required").toString());
        assertEquals(List.of(In.PATH, In.QUERY, In.HEADER),
                operation.operation().parameters().stream().map(HttpOperation.Parameter::in).toList());
        assertFalse(schema.path("additionalProperties").asBoolean(true));
    }

    @ParameterizedTest
    @MethodSource
    void knowsTheStylesAndTheirDefaults(String parameter, Style style, boolean explode) {
        HttpOperation.Parameter read = only("paths: {'/{p}': {get: {parameters: ["
                + "{name: p, in: path, required: true, schema: {type: string}}, " + parameter + "]}}}").operation()
                .parameters().get(1);

        assertEquals(style, read.style());
        assertEquals(explode, read.explode());
    }

    static Stream<Arguments> knowsTheStylesAndTheirDefaults() {
        return Stream.of(Arguments.of("{name: q, in: query, schema: {type: array}}", Style.FORM, true),
                Arguments.of("{name: q, in: query, explode: false, schema: {type: array}}", Style.FORM, false),
                Arguments.of("{name: q, in: query, style: deepObject, schema: {type: object}}", Style.DEEP_OBJECT, true),
                Arguments.of("{name: q, in: query, style: pipeDelimited, schema: {type: array}}", Style.PIPE_DELIMITED,
                        false),
                Arguments.of("{name: q, in: query, style: spaceDelimited, schema: {type: array}}",
                        Style.SPACE_DELIMITED, false),
                Arguments.of("{name: q, in: header, schema: {type: array}}", Style.SIMPLE, false),
                Arguments.of("{name: q, in: cookie, schema: {type: array}}", Style.FORM, true),
                Arguments.of("{name: q, in: query, content: {application/json: {schema: {type: object}}}}", Style.JSON,
                        false));
    }

    @Test
    void givesArgumentsNamesThatModelProvidersTake() {
        ImportedOperation operation = only("""
                paths:
                  /a/{id}:
                    get:
                      parameters:
                      - {name: id, in: path, required: true, schema: {type: string}}
                      - {name: id, in: query, schema: {type: string}}
                      - {name: 'filter[name]', in: query, schema: {type: string}}
                      - {name: $top, in: query, schema: {type: string}}
                """);

        assertEquals(List.of("id", "id_query", "filter_name", "top"),
                operation.operation().parameters().stream().map(HttpOperation.Parameter::argument).toList());
        assertEquals(List.of("id", "id", "filter[name]", "$top"),
                operation.operation().parameters().stream().map(HttpOperation.Parameter::name).toList());
    }

    @Test
    void givesToolsNamesThatMcpTakes() {
        List<String> names = read("""
                paths:
                  /pets/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {}}]}}
                  /b: {get: {operationId: list.all pets!}}
                  /c: {get: {operationId: list.all pets!}}
                  /d: {get: {operationId: 全部}}
                  /e: {get: {operationId: %s}}
                """.formatted("x".repeat(200))).operations().stream().map(ImportedOperation::name).toList();

        assertEquals(List.of("get_pets_id", "list_all_pets", "list_all_pets_2", "get_d", "x".repeat(64)), names);
    }

    @Test
    void keepsCyclesAsReferencesIntoTheSchemaItself() {
        JsonNode schema = schema(
                only("""
                        paths:
                          /a: {post: {requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}}}
                        components:
                          schemas:
                            Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, other: {$ref: '#/components/schemas/Other'}}}
                            Other: {allOf: [{$ref: '#/components/schemas/Node'}, {oneOf: [{type: object}, {$ref: '#/components/schemas/Other'}]}]}
                        """));

        assertEquals("#/$defs/Node", schema.at("/properties/body/$ref").asText());
        assertEquals("#/$defs/Node", schema.at("/$defs/Node/properties/next/$ref").asText());
        assertEquals("#/$defs/Other", schema.at("/$defs/Other/allOf/1/oneOf/1/$ref").asText());
    }

    @Test
    void followsReferencesToAnyPlaceOfTheDocument() {
        JsonNode schema = schema(
                read("""
                        paths:
                          /a/{x}: {get: {parameters: [{name: x, in: path, required: true, schema: {type: integer}}]}}
                          /b: {get: {parameters: [{name: y, in: query, schema: {$ref: '#/paths/~1a~1%7Bx%7D/get/parameters/0/schema'}}]}}
                        """)
                        .operations().get(1));

        assertEquals("integer", schema.at("/$defs/schema/type").asText());
    }

    @Test
    void saysIn2020WordsWhatOpenApi30SaysInItsOwn() {
        JsonNode body = schema(DocumentImport.read("""
                openapi: 3.0.1
                info: {title: t, version: '1'}
                paths:
                  /a:
                    post:
                      requestBody:
                        content:
                          application/json:
                            schema:
                              type: object
                              required: [id, name]
                              properties:
                                id: {type: integer, readOnly: true}
                                name: {type: string, nullable: true, enum: [a, b]}
                                age: {type: number, minimum: 0, exclusiveMinimum: true, example: 3}
                                any: {nullable: true, allOf: [{type: object}]}
                                file: {type: string, format: binary}
                """, "yaml").operations().get(0)).at("/properties/body");

        assertAll(() -> assertEquals("[\"name\"]", body.path("required").toString()),
                () -> assertTrue(body.at("/properties/id").isMissingNode()),
                () -> assertEquals("{\"type\":[\"string\",\"null\"],\"enum\":[\"a\",\"b\",null]}",
                        body.at("/properties/name").toString()),
                () -> assertEquals("{\"type\":\"number\",\"examples\":[3],\"exclusiveMinimum\":0}",
                        body.at("/properties/age").toString()),
                () -> assertEquals("null", body.at("/properties/any/anyOf/1/type").asText()),
                () -> assertEquals("base64", body.at("/properties/file/contentEncoding").asText()));
    }

    @ParameterizedTest
    @MethodSource
    void choosesTheBodyThatCarriesArgumentsBest(String content, Encoding encoding, String mediaType) {
        HttpOperation.Body body = only("paths: {/a: {post: {requestBody: {content: " + content + "}}}}").operation()
                .body();

        assertEquals(encoding, body.encoding());
        assertEquals(mediaType, body.mediaType());
    }

    static Stream<Arguments> choosesTheBodyThatCarriesArgumentsBest() {
        return Stream.of(
                Arguments.of("{application/xml: {}, application/merge-patch+json: {schema: {type: object}}}",
                        Encoding.JSON, "application/merge-patch+json"),
                Arguments.of("{'*/*': {schema: {type: object}}}", Encoding.JSON, "application/json"),
                Arguments.of("{multipart/form-data: {}, application/x-www-form-urlencoded: {}}", Encoding.FORM,
                        "application/x-www-form-urlencoded"),
                Arguments.of("{multipart/form-data: {schema: {type: object}}}", Encoding.MULTIPART,
                        "multipart/form-data"),
                Arguments.of("{text/csv: {}}", Encoding.TEXT, "text/csv"),
                Arguments.of("{image/png: {}}", Encoding.BASE64, "image/png"));
    }

    @Test
    void knowsWhichPartsOfAFormAreFiles() {
        List<HttpOperation.Part> parts = only(
                """
                        paths:
                          /a:
                            post:
                              requestBody:
                                content:
                                  multipart/form-data:
                                    schema:
                                      allOf:
                                      - type: object
                                        properties: {photo: {type: string, format: binary}, photos: {type: array, items: {type: string, contentMediaType: image/png}}}
                                      - $ref: '#/components/schemas/More'
                                    encoding: {meta: {contentType: application/json, style: deepObject}}
                        components: {schemas: {More: {properties: {meta: {type: object}}}}}
                        """)
                .operation().body().parts();

        assertEquals(List.of("photo", "photos", "meta"), parts.stream().map(HttpOperation.Part::name).toList());
        assertEquals(List.of(true, true, false), parts.stream().map(HttpOperation.Part::binary).toList());
        assertEquals("application/json", parts.get(2).mediaType());
    }

    @Test
    void takesCredentialsOutOfTheAgentsHands() {
        ImportedDocument document = read("""
                paths:
                  /a:
                    get:
                      parameters:
                      - {name: x-api-key, in: header, schema: {type: string}}
                      - {name: Authorization, in: header, schema: {type: string}}
                      - {name: Content-Type, in: header, schema: {type: string}}
                  /b: {get: {security: []}}
                security: [{key: []}]
                components:
                  securitySchemes:
                    login: {type: oauth2, flows: {}}
                    key: {type: apiKey, in: header, name: X-Api-Key}
                """);

        assertEquals(List.of(), document.operations().get(0).operation().parameters());
        assertEquals(List.of("key", "login"), List.copyOf(document.security().keySet()));
        assertEquals(Scheme.apiKey(Place.HEADER, "X-Api-Key"), document.security().get("key"));
        assertTrue(document.operations().get(0).operation().authenticated());
        assertFalse(document.operations().get(1).operation().authenticated());
    }

    @Test
    void noticesWhereAJsonAnswerIsDeclared() {
        assertTrue(only("paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/ok'}}}}}\n"
                + "components: {responses: {ok: {content: {application/hal+json: {}}}}}").operation().answersJson());
        assertFalse(only("paths: {/a: {get: {responses: {'200': {content: {text/html: {}}}, "
                + "'404': {content: {application/json: {}}}}}}}").operation().answersJson());
    }

    @Test
    void takesPropertiesNamedLikeKeywordsForWhatTheyAre() {
        JsonNode schema = schema(
                only("""
                        paths:
                          /a:
                            get:
                              parameters:
                              - {name: x-mcp-header, in: query, required: true, schema: {type: string}}
                              - {name: properties, in: query, schema: {type: object, properties: {$ref: {type: string}, required: {type: boolean}}}}
                              - {name: 数量, in: query, schema: {type: integer}}
                        """));

        assertEquals("string", schema.at("/properties/x-mcp-header/type").asText());
        assertEquals("string", schema.at("/properties/properties/properties/$ref/type").asText());
        assertEquals("integer", schema.at("/properties/_query/type").asText());
    }

    @Test
    void asksForNoPropertyThatIsReadOnlySomewhereElse() {
        JsonNode schema = schema(only("""
                paths: {/a: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
                components:
                  schemas:
                    A: {allOf: [{$ref: '#/components/schemas/B'}], required: [id, name]}
                    B: {properties: {id: {type: integer, readOnly: true}, name: {type: string}}}
                """));

        assertEquals("[\"name\"]", schema.at("/$defs/A/required").toString());
    }

    @Test
    void removesHeaderAnnotationsThatWouldMakeClientsDropTheTool() {
        String schema = only("""
                paths:
                  /a:
                    get:
                      parameters:
                      - {name: a, in: query, schema: {type: string, x-mcp-header: Region}}
                      - {name: b, in: query, schema: {type: string, x-mcp-header: region}}
                      - {name: c, in: query, schema: {type: number, x-mcp-header: Other}}
                """).inputSchema();

        assertTrue(schema.contains("\"x-mcp-header\":\"Region\""));
        assertFalse(schema.contains("\"region\""));
        assertFalse(schema.contains("Other"));
    }

    @ParameterizedTest
    @MethodSource
    void keepsTheOperationThatCantBeAToolWithTheReason(String paths, String reason) {
        ImportedOperation operation = read(paths).operations().get(0);

        assertNull(operation.operation());
        assertNotNull(operation.refusal());
        assertTrue(operation.refusal().contains(reason), operation.refusal());
    }

    static Stream<Arguments> keepsTheOperationThatCantBeAToolWithTheReason() {
        return Stream.of(
                Arguments.of("paths: {'/a/{id}': {get: {}}}", "/paths/~1a~1{id}/get: the path names {id}"),
                Arguments.of("paths: {/a: {get: {parameters: {}}}}", "/paths/~1a/get/parameters: must be an array"),
                Arguments.of("paths: {/a: {get: {parameters: [{in: query}]}}}",
                        "/paths/~1a/get/parameters/0: a parameter needs a name"),
                Arguments.of("paths: {/a: {get: {parameters: [{name: x, in: body}]}}}", "\"body\" is no place"),
                Arguments.of("paths: {/a: {get: {parameters: [{name: Host, in: header}]}}}", "\"Host\" can't be sent"),
                Arguments.of("paths: {/a: {get: {parameters: [{name: x, in: header, style: form}]}}}",
                        "\"form\" is no style of a header parameter"),
                Arguments.of("paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/none'}]}}}",
                        "the reference #/components/parameters/none leads nowhere"),
                Arguments.of("paths: {/a: {get: {parameters: [{$ref: 'https://evil.test/x.yaml'}]}}}",
                        "nothing is fetched"),
                Arguments.of("paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/a'}]}}}\ncomponents: "
                        + "{parameters: {a: {$ref: '#/components/parameters/b'}, b: {$ref: '#/components/parameters/a'}}}",
                        "leads in a circle"),
                Arguments.of("paths: {/a: {get: {parameters: [{name: x, in: query, schema: 7}]}}}",
                        "/paths/~1a/get/parameters/0/schema: is not a schema"),
                Arguments.of("paths: {/a: {post: {requestBody: {content: []}}}}",
                        "/paths/~1a/post/requestBody/content: a request body needs its content"),
                Arguments.of("paths: {/a: {post: {requestBody: {content: {'a/b\\r\\nX: y': {}}}}}}", "is no media type"),
                Arguments.of("paths: {/a: {get: {parameters: [{name: x, in: query, schema: {$dynamicRef: '#n'}}]}}}",
                        "dynamic references are not followed"),
                Arguments.of("paths: {/a: {get: seven}}", "/paths/~1a/get: must be an object"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNoOpenApiDocumentAndNamesThePlace(String content, String format, String place) {
        Problem problem = assertThrows(Problem.class, () -> DocumentImport.read(content, format));

        assertEquals(Problem.Kind.INVALID, problem.kind());
        assertTrue(problem.getMessage().contains(place), problem.getMessage());
    }

    static Stream<Arguments> refusesWhatIsNoOpenApiDocumentAndNamesThePlace() {
        return Stream.of(Arguments.of("{\n \"openapi\": \"3.0.0\",,}", "json", "line 2, column 21"),
                Arguments.of("openapi: 3.0.0\npaths: [", "yaml", "line 2"),
                Arguments.of("openapi: 3.0.0\nopenapi: 3.0.0", "yaml", "line 2, column 1"),
                Arguments.of("{\"a\":1,\"a\":2}", "json", "line 1"),
                Arguments.of("[]", "json", "the document: an OpenAPI document is an object"),
                Arguments.of("", null, "the document"),
                Arguments.of("{\"swagger\":\"2.0\"}", "json", "/swagger"),
                Arguments.of("{\"openapi\":\"3.2.0\",\"paths\":{}}", "json", "/openapi"),
                Arguments.of("{\"openapi\":\"3.0.0\"}", "json", "/paths: is missing"),
                Arguments.of("{\"openapi\":\"3.0.0\",\"paths\":[]}", "json", "/paths: must be an object"),
                Arguments.of("{\"openapi\":\"3.1.0\",\"paths\":{\"/a\":7}}", "json", "/paths/~1a: must be an object"),
                Arguments.of("{\"openapi\":\"3.1.0\",\"paths\":{\"a\":{}}}", "json", "/paths/a: a path starts"),
                Arguments.of("{\"openapi\":\"3.1.0\",\"paths\":{\"/a\\u0000b\":{}}}", "json", "a path has no blanks"),
                Arguments.of("{\"openapi\":\"3.1.0\",\"paths\":{},\"x\":1e2147483648}", "json", "is not valid JSON"),
                Arguments.of("{}", "xml", "openapi_spec.format"));
    }

    @Test
    void doesNotUnfoldAliasesForEver() {
        for (int doublings : new int[] { 24, 60 }) {
            StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
            for (int i = 1; i < doublings; i++) {
                bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
            }

            assertThrows(Problem.class, () -> DocumentImport.read(bomb.toString(), "yaml"));
        }
    }

    @Test
    void readsEachPartOfAFormOnceHoweverOftenItIsReferredTo() {
        ImportedOperation operation = only("""
                paths: {/a: {post: {requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/A'}}}}}}}
                components: {schemas: {A: {properties: {f: {type: string, format: binary}}, allOf: [%s]}}}
                """.formatted("{$ref: '#/components/schemas/A'},".repeat(20)));

        assertEquals(1, operation.operation().body().parts().size());
    }
}
