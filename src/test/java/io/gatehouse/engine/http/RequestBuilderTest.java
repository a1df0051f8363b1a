package io.gatehouse.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.connections.Credential;
import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.plan.HttpAction;
import io.gatehouse.plan.HttpOperation;
import io.gatehouse.plan.HttpOperation.Body;
import io.gatehouse.plan.HttpOperation.Encoding;
import io.gatehouse.plan.HttpOperation.In;
import io.gatehouse.plan.HttpOperation.Parameter;
import io.gatehouse.plan.HttpOperation.Part;
import io.gatehouse.plan.HttpOperation.Style;
import io.gatehouse.platform.outbound.OutboundRequest;

/** Arguments go in, an HTTP request comes out. */
class RequestBuilderTest {

    private static final String BASE = "https://api.test/v1";

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static OutboundRequest build(String path, List<Parameter> parameters, Body body, String arguments,
            Credential credential) {
        HttpOperation operation = new HttpOperation("POST", path, parameters, body, true, true);
        return RequestBuilder.build(new HttpAction(operation, BASE, null), json(arguments),
                Optional.ofNullable(credential));
    }

    private static OutboundRequest withParameter(In in, Style style, boolean explode, String value) {
        String path = in == In.PATH ? "/{p}" : "/x";
        return build(path, List.of(new Parameter("p", "p", in, style, explode, false)), null, "{\"p\":" + value + "}",
                null);
    }

    private static String header(OutboundRequest request, String name) {
        return request.headers().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue).findFirst().orElse(null);
    }

    @ParameterizedTest
    @MethodSource
    void writesEveryStyle(In in, Style style, boolean explode, String value, String expected) {
        OutboundRequest request = withParameter(in, style, explode, value);

        String written = switch (in) {
            case PATH -> request.uri().getRawPath().substring("/v1/".length());
            case QUERY -> request.uri().getRawQuery();
            case HEADER -> header(request, "p");
            case COOKIE -> header(request, "cookie");
        };
        assertEquals(expected, written);
    }

    /** The examples of OpenAPI 3.1, section 4.8.12.4, percent-encoded. */
    static Stream<Arguments> writesEveryStyle() {
        String array = "[\"blue\",\"black\"]";
        String object = "{\"R\":100,\"G\":200}";
        return Stream.of(Arguments.of(In.PATH, Style.MATRIX, false, "\"blue\"", ";p=blue"),
                Arguments.of(In.PATH, Style.MATRIX, false, array, ";p=blue,black"),
                Arguments.of(In.PATH, Style.MATRIX, true, array, ";p=blue;p=black"),
                Arguments.of(In.PATH, Style.MATRIX, false, object, ";p=R,100,G,200"),
                Arguments.of(In.PATH, Style.MATRIX, true, object, ";R=100;G=200"),
                Arguments.of(In.PATH, Style.LABEL, false, "\"blue\"", ".blue"),
                Arguments.of(In.PATH, Style.LABEL, false, array, ".blue,black"),
                Arguments.of(In.PATH, Style.LABEL, true, array, ".blue.black"),
                Arguments.of(In.PATH, Style.LABEL, true, object, ".R=100.G=200"),
                Arguments.of(In.PATH, Style.SIMPLE, false, array, "blue,black"),
                Arguments.of(In.PATH, Style.SIMPLE, false, object, "R,100,G,200"),
                Arguments.of(In.PATH, Style.SIMPLE, true, object, "R=100,G=200"),
                Arguments.of(In.PATH, Style.SIMPLE, false, "\"a/b?c#d e%\"", "a%2Fb%3Fc%23d%20e%25"),
                Arguments.of(In.QUERY, Style.FORM, true, "\"a&b=c+d\"", "p=a%26b%3Dc%2Bd"),
                Arguments.of(In.QUERY, Style.FORM, true, array, "p=blue&p=black"),
                Arguments.of(In.QUERY, Style.FORM, false, array, "p=blue,black"),
                Arguments.of(In.QUERY, Style.FORM, true, object, "R=100&G=200"),
                Arguments.of(In.QUERY, Style.FORM, false, object, "p=R,100,G,200"),
                Arguments.of(In.QUERY, Style.SPACE_DELIMITED, false, array, "p=blue%20black"),
                Arguments.of(In.QUERY, Style.PIPE_DELIMITED, false, array, "p=blue%7Cblack"),
                Arguments.of(In.QUERY, Style.DEEP_OBJECT, true, object, "p%5BR%5D=100&p%5BG%5D=200"),
                Arguments.of(In.QUERY, Style.DEEP_OBJECT, true, "{\"a\":{\"b\":[1,2]}}",
                        "p%5Ba%5D%5Bb%5D=1&p%5Ba%5D%5Bb%5D=2"),
                Arguments.of(In.QUERY, Style.JSON, false, object, "p=%7B%22R%22%3A100%2C%22G%22%3A200%7D"),
                Arguments.of(In.QUERY, Style.FORM, true, "9007199254740993", "p=9007199254740993"),
                Arguments.of(In.QUERY, Style.FORM, true, "[]", null),
                Arguments.of(In.QUERY, Style.FORM, true, "null", null),
                Arguments.of(In.HEADER, Style.SIMPLE, false, array, "blue,black"),
                Arguments.of(In.HEADER, Style.SIMPLE, true, object, "R=100,G=200"),
                Arguments.of(In.COOKIE, Style.FORM, false, array, "p=blue,black"),
                Arguments.of(In.COOKIE, Style.FORM, true, "\"a;b=c\"", "p=a%3Bb%3Dc"));
    }

    @Test
    void keepsReservedCharactersWhereTheyAreAllowedButNotThoseThatEndTheValue() {
        Parameter reserved = new Parameter("p", "p", In.QUERY, Style.FORM, true, true);

        assertEquals("p=/a:b?c%26d%23e", build("/x", List.of(reserved), null, "{\"p\":\"/a:b?c&d#e\"}", null).uri()
                .getRawQuery());
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"\"", "\".\"", "\"..\"" })
    void refusesPathArgumentsThatWouldLeadElsewhere(String value) {
        assertThrows(BadArgument.class, () -> withParameter(In.PATH, Style.SIMPLE, false, value));
    }

    @Test
    void refusesHeaderArgumentsThatWouldAddHeaders() {
        BadArgument refused = assertThrows(BadArgument.class,
                () -> withParameter(In.HEADER, Style.SIMPLE, false, "\"a\\r\\nX-Evil: 1\""));

        assertTrue(refused.getMessage().startsWith("p: "));
    }

    @Test
    void addsToAQueryThatThePathHasAndSendsNoFragment() {
        OutboundRequest request = build("/x?api-version=1#second", List.of(new Parameter("p", "p", In.QUERY, Style.FORM,
                true, false)), null, "{\"p\":1}", null);

        assertEquals(BASE + "/x?api-version=1&p=1", request.uri().toString());
    }

    @ParameterizedTest
    @MethodSource
    void writesEveryBody(Encoding encoding, String mediaType, String value, String expected) {
        OutboundRequest request = build("/x", List.of(), new Body("body", mediaType, encoding, List.of()),
                "{\"body\":" + value + "}", null);

        assertEquals(mediaType, header(request, "content-type"));
        assertEquals(expected, request.body().toString());
    }

    static Stream<Arguments> writesEveryBody() {
        return Stream.of(
                Arguments.of(Encoding.JSON, "application/merge-patch+json", "{\"a\":null,\"n\":1.50}",
                        "{\"a\":null,\"n\":1.5}"),
                Arguments.of(Encoding.TEXT, "text/csv", "\"a;b\"", "a;b"),
                Arguments.of(Encoding.BASE64, "image/png", "\"aGk=\"", "hi"),
                Arguments.of(Encoding.FORM, "application/x-www-form-urlencoded",
                        "{\"a\":\"x y\",\"b\":[1,2],\"c\":true}", "a=x%20y&b=1&b=2&c=true"));
    }

    @Test
    void writesMultipartBodiesWithFiles() {
        Body body = new Body("body", "multipart/form-data", Encoding.MULTIPART,
                List.of(new Part("file", Style.FORM, true, "image/png", true),
                        new Part("ev\"il\r\n", Style.FORM, true, null, false)));

        OutboundRequest request = build("/x", List.of(), body,
                "{\"body\":{\"file\":\"aGk=\",\"tags\":[\"a\",\"b\"],\"meta\":{\"k\":1},\"ev\\\"il\\r\\n\":\"v\"}}", null);

        String boundary = header(request, "content-type").replace("multipart/form-data; boundary=", "");
        assertEquals(String.join("\r\n", "--B", "Content-Disposition: form-data; name=\"file\"; filename=\"file\"",
                "Content-Type: image/png", "", "hi", "--B", "Content-Disposition: form-data; name=\"tags\"",
                "Content-Type: text/plain; charset=utf-8", "", "a", "--B",
                "Content-Disposition: form-data; name=\"tags\"", "Content-Type: text/plain; charset=utf-8", "", "b",
                "--B", "Content-Disposition: form-data; name=\"meta\"", "Content-Type: application/json", "",
                "{\"k\":1}", "--B", "Content-Disposition: form-data; name=\"ev%22il%0D%0A\"",
                "Content-Type: text/plain; charset=utf-8", "", "v", "--B--", ""),
                request.body().toString().replace(boundary, "B"));
    }

    @Test
    void putsTheCredentialWhereItBelongs() {
        OutboundRequest inHeader = build("/x", List.of(), null, "{}", new Credential(Place.HEADER, "X-Key", "s"));
        OutboundRequest inQuery = build("/x", List.of(), null, "{}", new Credential(Place.QUERY, "key", "a&b"));
        OutboundRequest inCookie = build("/x", List.of(), null, "{}", new Credential(Place.COOKIE, "sid", "s;t"));

        assertEquals("s", header(inHeader, "x-key"));
        assertTrue(inHeader.sensitive().contains("x-key"));
        assertEquals("key=a%26b", inQuery.uri().getRawQuery());
        assertEquals("sid=s%3Bt", header(inCookie, "cookie"));
    }

    @Test
    void sendsNoBodyWhereNoneIsGiven() {
        OutboundRequest request = build("/x", List.of(), new Body("body", "application/json", Encoding.JSON, List.of()),
                "{}", null);

        assertFalse(request.headers().stream().anyMatch(header -> header.getKey().equals("Content-Type")));
        assertEquals(null, request.body());
    }
}
