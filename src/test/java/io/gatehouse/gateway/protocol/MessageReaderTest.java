package io.gatehouse.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.buffer.Buffer;

/** How deep messages may be, and what is told of those that can't be read. */
class MessageReaderTest {

    private static final String TOO_DEEP = "The message is nested more than 3 levels deep";
    private static final String NO_JSON = "The body is not valid JSON, or has a number out of bounds";

    private final MessageReader reader = new MessageReader(3);

    private static Buffer ping(String params) {
        return Buffer.buffer("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":" + params.replace('\'', '"') + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'a':[]}", "{'a':{},'b':[1,2]}", "{'[[[[':'{{{{\\'{{'}" })
    void readsWhatIsNoDeeper(String params) {
        assertEquals("ping", reader.read("POST", ping(params)).method());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{'a':[[]]}|" + TOO_DEEP, "{'a':{'b':{|" + TOO_DEEP,
            "{'a':['[[[[',}|" + NO_JSON, "{'a':1e99999999}|" + NO_JSON, "{'\\\\'[[[[|" + NO_JSON, "{'a|" + NO_JSON })
    void tellsWhatIsWrong(String params, String message) {
        assertEquals(message, assertThrows(Fault.class, () -> reader.read("POST", ping(params))).getMessage());
    }

    @Test
    void findsTheIdOfWhatIsTooDeep() {
        assertEquals("7", reader.idOf(ping("[[[[]]]]")).toString());
        assertNull(reader.idOf(ping("[".repeat(2_000) + "]".repeat(2_000))));
        assertNull(reader.idOf(ping("{")));
        assertNull(reader.idOf(Buffer.buffer("null")));
        assertNull(reader.idOf(Buffer.buffer("{\"id\":{}}")));
        assertNull(reader.idOf(Buffer.buffer()));
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 0, 1_001 })
    void refusesSettingsThatBoundNothing(int depth) {
        assertThrows(IllegalArgumentException.class, () -> new MessageReader(depth));
    }
}
