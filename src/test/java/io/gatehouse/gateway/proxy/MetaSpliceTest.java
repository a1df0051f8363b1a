package io.gatehouse.gateway.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vertx.core.buffer.Buffer;

class MetaSpliceTest {

    private static String put(String message, String... texts) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i += 2) {
            all.put(texts[i], texts[i + 1]);
        }
        return MetaSplice.put(Buffer.buffer(message), all).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "{\"id\":1e2}|{\"params\":{\"_meta\":{\"p\":\"x\",\"s\":\"y\"}},\"id\":1e2}",
            " {\"params\" : { } }| {\"params\" : {\"_meta\":{\"p\":\"x\",\"s\":\"y\"} } }",
            "{\"params\":{\"a\":{\"_meta\":{}}}}|{\"params\":{\"_meta\":{\"p\":\"x\",\"s\":\"y\"},\"a\":{\"_meta\":{}}}}",
            "{\"params\":{\"_meta\":{}}}|{\"params\":{\"_meta\":{\"p\":\"x\",\"s\":\"y\"}}}",
            "{\"params\":{\"_meta\":{ \"k\":9007199254740993}}}|{\"params\":{\"_meta\":{\"p\":\"x\",\"s\":\"y\", \"k\":9007199254740993}}}",
            "{\"params\":{\"_meta\":{\"p\" : \"ü\\u0061\" ,\"k\":1.10}}}|{\"params\":{\"_meta\":{\"s\":\"y\",\"p\" : \"x\" ,\"k\":1.10}}}",
            "{\"params\":{\"_meta\":{\"s\":[{}],\"k\":{\"p\":1},\"p\":12}}}|{\"params\":{\"_meta\":{\"s\":\"y\",\"k\":{\"p\":1},\"p\":\"x\"}}}",
            "{\"params\":{\"_meta\":7}}|{\"params\":{\"_meta\":7}}", "{\"params\":null}|{\"params\":null}" })
    void putsTextsInAndChangesNoOtherByte(String message, String spliced) {
        assertEquals(spliced, put(message, "p", "x", "s", "y"));
    }

    @Test
    void leavesAMessageAloneWhereNothingIsToBePut() {
        Buffer message = Buffer.buffer("{}");

        assertSame(message, MetaSplice.put(message, Map.of()));
    }
}
