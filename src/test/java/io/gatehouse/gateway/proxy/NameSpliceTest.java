package io.gatehouse.gateway.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vertx.core.buffer.Buffer;

class NameSpliceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "{\"params\":{\"name\":\"a\"}}|{\"params\":{\"name\":\"b\\\"c\"}}",
            " {\"name\":\"a\", \"id\":9007199254740993,\"params\" : {\"arguments\":{\"name\":\"a\"},\"name\" : \"ü\\u0061\" ,\"x\":1e2}} "
                    + "| {\"name\":\"a\", \"id\":9007199254740993,\"params\" : {\"arguments\":{\"name\":\"a\"},\"name\" : \"b\\\"c\" ,\"x\":1e2}} " })
    void changesTheNameAndNoOtherByte(String message, String renamed) {
        assertEquals(renamed, NameSplice.rename(Buffer.buffer(message), "b\"c").toString());
    }
}
