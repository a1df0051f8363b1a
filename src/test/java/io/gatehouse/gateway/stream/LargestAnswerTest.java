package io.gatehouse.gateway.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.gatehouse.kernel.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.buffer.Buffer;

/** Answers come to an end. */
class LargestAnswerTest {

    private final LargestAnswer largest = new LargestAnswer(new MemorySize(BigInteger.valueOf(10)));

    private AssertSubscriber<Buffer> bounded(Multi<Buffer> parts) {
        return largest.bound(parts).subscribe().withSubscriber(AssertSubscriber.create(100));
    }

    @Test
    void passesAsMuch() {
        bounded(Multi.createFrom().items(Buffer.buffer("12345"), Buffer.buffer("67890"))).assertCompleted();
    }

    @Test
    void stopsWhatSaysMore() {
        List<String> source = new ArrayList<>();
        AssertSubscriber<Buffer> reader = bounded(Multi.createBy().repeating().supplier(() -> Buffer.buffer("1234"))
                .indefinitely().onCancellation().invoke(() -> source.add("stopped")));

        reader.assertFailedWith(Problem.class, "larger than 10 bytes");
        assertEquals(2, reader.getItems().size());
        assertEquals(List.of("stopped"), source);
    }
}
