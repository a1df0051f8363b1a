package io.gatehouse.journal.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Secrets and masked fields are never recorded. P-28 */
class MaskedJsonTest {

    private static final Masks MASKS = new Masks(List.of("password", "token", "api_key"), Optional.of(List.of("\\bcust-\\d+")));

    private static MaskedJson.Copy copy(String json, int longest, String... more) {
        try (JsonParser in = MaskedJson.JSON.createParser(json)) {
            in.nextToken();
            return new MaskedJson(MASKS, longest).of(in, Set.of(more));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String masked(String json, String... more) {
        MaskedJson.Copy copy = copy(json, 10_000, more);
        assertFalse(copy.cut());
        return copy.text();
    }

    @ParameterizedTest
    @ValueSource(strings = { "password", "Password", "db_password", "dbPassword", "x-api-key", "apiKey", "API_KEY",
            "accessToken" })
    void hidesMembersByTheEndOfTheirNames(String name) {
        assertEquals("{\"a\":1,\"%s\":\"******\",\"b\":[{\"%s\":\"******\"}]}".formatted(name, name),
                masked("{\"a\":1,\"%s\":{\"x\":[1]},\"b\":[{\"%s\":\"s3cret\"}]}".formatted(name, name)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "max_tokens", "passwords_policy", "name" })
    void leavesOtherMembers(String name) {
        assertEquals("{\"%s\":1}".formatted(name), masked("{\"%s\":1}".formatted(name)));
    }

    @Test
    void hidesWhatTheServerWantsHiddenToo() {
        assertEquals("{\"customer_iban\":\"******\",\"x\":2}", masked("{\"customer_iban\":1,\"x\":2}", "iban"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "use Bearer abc.def-123456 now | use ****** now",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln, and more | ******, and more",
            "of cust-1234 and cust-9 | of ****** and ******",
            "a bearer of news | a bearer of news",
            "plain | plain" })
    void hidesCredentialsByTheirForm(String text, String shown) {
        assertEquals("[\"" + shown + "\"]", masked("[\"" + text + "\"]"));
    }

    @Test
    void looksIntoTextThatIsJson() throws IOException {
        ObjectMapper json = new ObjectMapper();
        String inner = json.writeValueAsString("{\"password\":\"x\",\"list\":\"[{\\\"token\\\":1}]\"}");

        String shown = masked("{\"text\":" + inner + "}");

        assertEquals("{\"password\":\"******\",\"list\":\"[{\\\"token\\\":\\\"******\\\"}]\"}",
                json.readTree(shown).path("text").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = { "[INFO] started", "[1] See there", "{not json}" })
    void keepsTextThatOnlyBeginsLikeJson(String text) {
        assertEquals("[\"" + text + "\"]", masked("[\"" + text + "\"]"));
    }

    @Test
    void cutsTextThatIsBrokenJsonWithMembers() {
        MaskedJson.Copy copy = copy("[\"{\\\"password\\\":\\\"x\\\" oops \\\"token\\\":\\\"y\\\"}\"]", 1_000);

        assertTrue(copy.cut());
        assertFalse(copy.text().contains("x\\\"") || copy.text().contains("y\\\""), copy.text());
    }

    @ParameterizedTest
    @ValueSource(ints = { 5, 20, 50, 90, 130 })
    void cutsWhatIsTooLongAndStaysJson(int longest) throws IOException {
        MaskedJson.Copy copy = copy("{\"a\":\"%s\",\"b\":[1,2,{\"c\":\"%s\"}],\"d\":[%s0]}"
                .formatted("x".repeat(30), "y".repeat(30), "7,".repeat(50)), longest);

        assertTrue(copy.cut());
        assertTrue(copy.text().length() <= longest + 20, copy.text());
        new ObjectMapper().readTree(copy.text());
    }

    @Test
    void takesWhatBreaksOffAsFarAsItGoes() throws IOException {
        MaskedJson.Copy copy = copy("{\"a\":1,\"b\":{\"password\":\"secr", 1_000);

        assertTrue(copy.cut());
        assertFalse(copy.text().contains("secr"));
        assertEquals(1, new ObjectMapper().readTree(copy.text()).path("a").asInt());
    }

    @Test
    void readsWhatTheAnswerSaysOfItself() {
        assertTrue(copy("{\"content\":[],\"isError\":true}", 1_000).isError());
        assertFalse(copy("{\"content\":[{\"isError\":true}]}", 1_000).isError());
        assertEquals(-32602, copy("{\"code\":-32602,\"message\":\"Bearer abcdefgh12\"}", 1_000).code());
        assertEquals("******", copy("{\"code\":-32602,\"message\":\"Bearer abcdefgh12\"}", 1_000).message());
    }
}
