package io.gatehouse.journal.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.journal.keeping.Recording;
import io.gatehouse.journal.masking.Masks;

/** What answers say is found out and recorded, without what is secret. P-22, P-28 */
class EntryWriterTest {

    private static final int LONGEST = 2_000;
    private static final Masks MASKS = new Masks(List.of("password", "api_key", "otp"), Optional.empty());

    private static String stored(String answer, Masks masks, Recording recording) {
        return new String(written(answer, masks, recording).form(), StandardCharsets.UTF_8);
    }

    private static Written written(String answer, Masks masks, Recording recording) {
        Instant now = Instant.now();
        Entry entry = new Entry(EntryId.at(now), now, false, new Entry.Scene(1, 1, recording, null, null, null),
                new Entry.Visitor(null, null, null, null, null), new Entry.Question("legacy", null, "tools/call", "t", null, 0),
                new Entry.Answer(null, null, 200, answer.getBytes(StandardCharsets.UTF_8),
                        answer.getBytes(StandardCharsets.UTF_8).length, 1));
        return new EntryWriter(new Rows(masks, LONGEST, LONGEST), new EntryForm("r")).write(entry);
    }

    private static String stored(String result) {
        return stored("{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":1}", MASKS, Recording.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{}",
            "{ \"content\" : [ {\"type\":\"text\", \"text\":\"plain [1] \\\"quoted\\\" \\n\"} ] }",
            "{\"content\":[{\"text\":\"{\\\"name\\\":\\\"pass the word\\\",\\\"list\\\":[1,2.50,null]}\"}],\"structuredContent\":{\"o\":{\"t\":\"p\"}}}",
            "{\"a\":{\"result\":{\"isError\":true}}}" })
    void keepsWhatIsHarmlessAsItIs(String result) {
        String stored = stored(result);

        assertTrue(stored.contains(result), stored);
        assertTrue(stored.contains("success"), stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"a\":{\"db_password\":\"s3cr3t\"}}",
            "{\"a\":{\"Api-Key\":\"s3cr3t\"}}",
            "{\"a\":{\"X API.KEY\":\"s3cr3t\"}}",
            "{\"a\":{\"pass\\u0077ord\":\"s3cr3t\"}}",
            "{\"a\":{\"the_\u00fcber_otp\":\"s3cr3t\"}}",
            "{\"text\":\"{\\\"password\\\":\\\"s3cr3t\\\"}\"}",
            "{\"text\":\"{\\\"text\\\":\\\"{\\\\\\\"otp\\\\\\\":\\\\\\\"s3cr3t\\\\\\\"}\\\"}\"}",
            "{\"text\":\"use Bearer s3cr3t-s3cr3t now\"}",
            "{\"text\":\"gmt_s3cr3ts3cr3t\"}",
            "{\"ppassword\":\"s3cr3t\"}",
            "{\"passpassword\":[\"s3cr3t\"]}" })
    void hidesWhatIsSecret(String result) {
        String stored = stored(result);

        assertFalse(stored.contains("s3cr3t"), stored);
        assertTrue(stored.contains(Masks.MASK), stored);
    }

    @Test
    void hidesMembersWithLongNamesByTheirEnd() {
        assertFalse(stored("{\"%s_password\":\"s3cr3t\"}".formatted("x".repeat(500))).contains("s3cr3t"));
        assertTrue(stored("{\"%s\":\"told\"}".formatted("x".repeat(500))).contains("told"));
    }

    @Test
    void keepsNoSecretThatIsANameAndNoNameWithoutEnd() {
        assertFalse(stored("{\"Bearer s3cr3t-s3cr3t\":1}").contains("s3cr3t"));
        assertFalse(stored("{\"otp\":1,\"%s\":2}".formatted("x".repeat(300))).contains("x".repeat(201)));
    }

    @Test
    void hidesWhatTheServerAndTheDeploymentWantHidden() {
        String answer = "{\"result\":{\"name\":\"s3cr3t\"}}";
        Masks patterns = new Masks(List.of(), Optional.of(List.of("s3[a-z0-9]+")));

        assertFalse(stored(answer, MASKS, new Recording(true, true, Set.of("name"))).contains("s3cr3t"));
        assertFalse(stored(answer, patterns, Recording.ALL).contains("s3cr3t"));
    }

    @Test
    void saysThatAToolFailed() {
        assertTrue(stored("{\"content\":[],\"isError\":true}").contains("tool_error"));
        assertTrue(stored("{\"content\":[],\"isError\":false}").contains("success"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"a\":[1,2 | \"a\":[1,2,\"id\"]}", "{\"a\":[{\"b\":tru}]} | \"a\":[{}]}",
            "{\"a\":\"\\x\"} | \"a\":null}", "{\"message\":\"\\x\"} | \"message\":null}" })
    void keepsWhatBreaksOffAsJson(String result, String kept) {
        String stored = stored(result.replaceFirst("\\{", "{\"otp\":1,"));

        assertTrue(stored.contains(kept), stored);
    }

    private static String read(String answer) {
        List<Chunk> chunks = Chunk.of(List.of(written(answer, MASKS, Recording.ALL)));
        return Chunk.read(chunks.get(0).data(), 1, 1, facets -> true).get(0).row().output().string();
    }

    @Test
    void showsTheResultOfAnAnswerOrElseAllOfItAsText() {
        assertEquals("{\"a\":[1]}", read("{\"jsonrpc\":\"2.0\",\"result\":{\"a\":[1]},\"id\":1}"));
        assertEquals("\"{\\\"result\\\":{\\\"a\\\":tru}\"", read("{\"result\":{\"a\":tru}"));
    }

    @Test
    void cutsWhatIsTooLong() {
        String stored = stored("{\"a\":\"%s\"}".formatted("x".repeat(LONGEST * 2)));

        assertFalse(stored.contains("x".repeat(LONGEST + 1)));
        assertTrue(stored.contains("x".repeat(LONGEST / 2)));
    }
}
