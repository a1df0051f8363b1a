package io.gatehouse.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.gatehouse.engine.Outcome;
import io.gatehouse.engine.Outcome.Type;
import io.gatehouse.plan.HttpOperation;
import io.gatehouse.platform.outbound.OutboundResponse;
import io.vertx.core.buffer.Buffer;

/** What a back end answers is told to the agent as it is. */
class AnswerReaderTest {

    private static Outcome read(boolean declaresJson, int status, String contentType, String body) {
        HttpOperation operation = new HttpOperation("GET", "/", List.of(), null, true, declaresJson);
        return AnswerReader.read(operation, new OutboundResponse(status, "Reason", contentType, null, Buffer.buffer(body)));
    }

    @Test
    void passesDeclaredJsonOnAsItCame() {
        String json = "{ \"big\": 9007199254740993, \"exact\": 1.0 }";

        Outcome outcome = read(true, 200, "application/json;charset=utf-8", json);

        assertEquals(json, outcome.structured());
        assertEquals(json, outcome.content().get(0).data());
        assertTrue(outcome.structuredIsObject());
        assertFalse(outcome.isError());
    }

    @Test
    void tellsObjectsFromOtherValues() {
        assertFalse(read(true, 200, "application/json", "[1]").structuredIsObject());
    }

    @Test
    void structuresNothingThatIsNotDeclared() {
        assertNull(read(false, 200, "application/json", "{}").structured());
    }

    @ParameterizedTest
    @MethodSource
    void saysHonestlyWhatWentWrong(int status, String contentType, String body, String said) {
        Outcome outcome = read(true, status, contentType, body);

        assertTrue(outcome.isError());
        assertNull(outcome.structured());
        assertEquals(said, outcome.content().get(0).data());
    }

    static Stream<Arguments> saysHonestlyWhatWentWrong() {
        return Stream.of(
                Arguments.of(404, "application/json", "{\"e\":1}", "The back end answered 404 Reason: {\"e\":1}"),
                Arguments.of(500, null, "", "The back end answered 500 Reason"),
                Arguments.of(401, "image/png", "x", "The back end answered 401 Reason"),
                Arguments.of(302, "text/plain", "gone", "The back end answered 302 Reason: gone"),
                Arguments.of(200, "text/html", "<p>",
                        "The back end answered with text/html where its API declares JSON: <p>"),
                Arguments.of(200, "application/json", "{\"a\":", "The back end's answer says it is JSON and is not: {\"a\":"),
                Arguments.of(200, "application/json", "{} {}",
                        "The back end's answer says it is JSON and is not: {} {}"));
    }

    @ParameterizedTest
    @MethodSource
    void passesOtherContentOnByItsType(String contentType, Type type, String data) {
        Outcome.Content content = read(false, 200, contentType, "hi").content().get(0);

        assertEquals(type, content.type());
        assertEquals(data, content.data());
    }

    static Stream<Arguments> passesOtherContentOnByItsType() {
        return Stream.of(Arguments.of("text/plain", Type.TEXT, "hi"), Arguments.of("application/xml", Type.TEXT, "hi"),
                Arguments.of("image/png", Type.IMAGE, "aGk="), Arguments.of("audio/wav", Type.AUDIO, "aGk="),
                Arguments.of("application/pdf", Type.BLOB, "aGk="), Arguments.of(null, Type.BLOB, "aGk="));
    }

    @Test
    void readsTextInItsCharset() {
        HttpOperation operation = new HttpOperation("GET", "/", List.of(), null, true, false);

        assertEquals("ü", AnswerReader.read(operation, new OutboundResponse(200, "OK", "text/plain; charset=ISO-8859-1", null,
                Buffer.buffer(new byte[] { (byte) 0xfc }))).content().get(0).data());
    }

    @Test
    void saysThatThereIsNoContent() {
        Outcome outcome = read(true, 204, null, "");

        assertFalse(outcome.isError());
        assertEquals("The back end answered 204 Reason without content", outcome.content().get(0).data());
    }
}
