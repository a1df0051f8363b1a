package io.gatehouse.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vertx.core.buffer.Buffer;

class EventEdgeTest {

    @ParameterizedTest
    @CsvSource({ "'',true", "data: x\\n\\n,true", "data: x\\n,false", "data: x,false", "data: x\\r\\n,false",
            "data: x\\r\\n\\r\\n,true",
            "data: x\\r\\r,true", "data: x\\n\\ndata: y,false", "data: x\\n\\ndata: long enough\\n\\n: c\\n\\n,true" })
    void knowsWhereAnEventEnds(String written, boolean between) {
        String text = written.replace("\\n", "\n").replace("\\r", "\r");
        EventEdge whole = new EventEdge();
        EventEdge bytewise = new EventEdge();

        whole.passed(Buffer.buffer(text));
        text.chars().forEach(c -> bytewise.passed(Buffer.buffer(Character.toString(c))));

        assertEquals(between, whole.isBetweenEvents());
        assertEquals(between, bytewise.isBetweenEvents());
    }
}
