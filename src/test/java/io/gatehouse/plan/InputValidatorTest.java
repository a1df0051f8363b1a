package io.gatehouse.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.gatehouse.testing.Quickly;

/** Arguments are checked exactly, and never at any price. */
class InputValidatorTest {

    private static final JsonMapper JSON = BoundedNumbers.strictMapper();

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> faults(String schema, String arguments) {
        return Quickly.within(Duration.ofSeconds(5),
                () -> InputValidator.compile(schema).faults(json(arguments)));
    }

    @Test
    void saysWhereAndWhy() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/n\"}}},"
                + "\"required\":[\"a\"],\"$defs\":{\"n\":{\"type\":\"integer\"}}}";

        assertEquals(List.of(), faults(schema, "{\"a\":[1,2]}"));
        assertEquals(List.of("/a/1: string found, integer expected"), faults(schema, "{\"a\":[1,\"x\"]}"));
        assertEquals(List.of("arguments: required property 'a' not found"), faults(schema, "{}"));
    }

    @Test
    void followsAsManyReferencesAsLargeArgumentsNeed() {
        String schema = "{\"$defs\":{\"n\":{\"type\":\"integer\"}},\"properties\":{\"a\":{\"items\":{\"$ref\":\"#/$defs/n\"}}}}";

        assertEquals(List.of(), faults(schema, "{\"a\":[" + "1,".repeat(50_000) + "1]}"));
    }

    @Test
    void givesUpWhereBranchesMultiply() {
        String schema = """
                {"$ref":"#/$defs/F","$defs":{"F":{"anyOf":[
                {"properties":{"and":{"$ref":"#/$defs/F"}},"required":["and","x"]},
                {"properties":{"and":{"$ref":"#/$defs/F"}},"required":["and","y"]}]}}}""";

        List<String> faults = faults(schema, "{\"and\":".repeat(30) + "1" + "}".repeat(30));

        assertTrue(faults.get(0).contains("takes too long"), faults.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"$ref\":\"#/$defs/A\",\"$defs\":{\"A\":{\"$ref\":\"#/$defs/A\"}}}",
            "{\"$ref\":\"#/$defs/A\",\"$defs\":{\"A\":{\"allOf\":[{\"$ref\":\"#/$defs/B\"}]},\"B\":{\"not\":{\"$ref\":\"#/$defs/A\"}}}}" })
    void givesUpOnCircles(String schema) {
        assertTrue(faults(schema, "{}").get(0).contains("can't be checked"));
    }

    @Test
    void runsPatternsInLinearTimeAndLeavesOthersToTheBackEnd() {
        String evil = "{\"properties\":{\"a\":{\"pattern\":\"^(a+)+$\"}}}";
        String unknown = "{\"properties\":{\"a\":{\"pattern\":\"(?=x)\"}}}";

        assertEquals(1, faults(evil, "{\"a\":\"" + "a".repeat(50_000) + "!\"}").size());
        assertEquals(List.of(), faults(unknown, "{\"a\":\"y\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "1e401", "1e-500", "1e99999999", "0.1e-999999999" })
    void readsNoNumbersOutOfAllProportion(String number) {
        assertThrows(Exception.class, () -> JSON.readTree("{\"a\":" + number + "}"));
    }

    @Test
    void fetchesNothing() {
        assertThrows(IllegalArgumentException.class, () -> InputValidator.compile("{\"$ref\":\"http://127.0.0.1:1/x\"}"));
    }
}
