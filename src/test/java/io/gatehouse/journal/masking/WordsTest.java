package io.gatehouse.journal.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.gatehouse.journal.masking.Masks.Sign;

/** One look at an answer misses no sign, wherever it stands. P-28 */
class WordsTest {

    private static final Masks MASKS = new Masks(List.of("password", "otp"), Optional.empty());

    private static Sign look(String text) {
        return MASKS.look(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void findsWordsInEitherHalfAndAcrossTheMiddle() {
        for (int before = 0; before < 40; before++) {
            for (int after = 0; after < 40; after++) {
                assertEquals(Sign.OF_A_SECRET, look("x".repeat(before) + "Pass_Word" + "x".repeat(after)),
                        before + " " + after);
                assertEquals(Sign.NONE, look("x".repeat(before) + "pass wor" + "x".repeat(after)), before + " " + after);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"result\":{\"isError\":false}} | NONE",
            "{\"result\":{\"isError\": true}} | OF_AN_ERROR",
            "{\"result\":{\"text\":\"it isError: false\"}} | NONE",
            "{\"error\":{\"code\":1}} | OF_AN_ERROR",
            "{\"error\":{\"otp\":1}} | OF_A_SECRET",
            "{\"\\u006ftp\":1} | OF_A_SECRET",
            "{\"\\now\":1} | NONE",
            "{\"\u00e9\":1} | OF_A_SECRET",
            "{\"a\":\"\u00e9\"} | OF_A_SECRET",
            "{} | NONE" })
    void tellsWhatKindOfSignItIs(String text, Sign sign) {
        assertEquals(sign, look(text));
    }

    @Test
    void readsOverLineBreaks() {
        assertEquals(Sign.OF_AN_ERROR, look("{\"isError\"\r\n:\n\ttrue}"));
    }
}
