package io.gatehouse.testing.input;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

/** Ways to spoil a good body: in its tree, and in its bytes. */
final class Hostile {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Lone surrogates have no bytes in UTF-8; escaped they can be sent. */
    private static final ObjectMapper ASCII = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int DEEPEST = 1_000;

    static final List<String> TEXTS = List.of("", " ", "\0", "a\0b", "\ud800", "a\udc00b", "\ud83d\udca5", "\u202eabc",
            "\ufeff", "\uffff", "\r\nX-Evil: 1", "' OR '1'='1", "%", "%00", "_", "\\", "../../../etc/passwd", "${7*7}",
            "{{name}}", "<script>alert(1)</script>", "null", "true", "NaN", "-1", "1e9", "0x10", "9223372036854775808",
            "99999999999999999999999999", "a".repeat(301), "\u00e9".repeat(1_001), "x".repeat(100_000), "[]", "{}");

    private static final List<JsonNode> VALUES = values();

    private final Draws draws;

    Hostile(Draws draws) {
        this.draws = draws;
    }

    private static List<JsonNode> values() {
        List<JsonNode> values = new ArrayList<>(TEXTS.stream().<JsonNode> map(NODES::textNode).toList());
        for (String number : List.of("-1", "1.5", "1e400", "-1e-400", "1e999999999", "2147483648", "4e9")) {
            values.add(NODES.numberNode(new BigDecimal(number)));
        }
        for (BigInteger number : List.of(BigInteger.TWO.pow(63), BigInteger.TWO.pow(63).negate().subtract(
                BigInteger.ONE), BigInteger.TEN.pow(900))) {
            values.add(NODES.numberNode(number));
        }
        values.addAll(List.of(NODES.nullNode(), NODES.booleanNode(true), NODES.booleanNode(false), NODES.arrayNode(),
                NODES.objectNode(), NODES.arrayNode().addNull(), NODES.objectNode().put("$ref", "#"),
                NODES.objectNode().put("__proto__", 1), raw("-0"), raw("1E+2"), raw("[".repeat(50) + "]".repeat(50)),
                raw("[".repeat(DEEPEST) + "]".repeat(DEEPEST)),
                raw("{\"a\":".repeat(DEEPEST) + "1" + "}".repeat(DEEPEST)), raw("[" + "1,".repeat(9_999) + "1]")));
        return values;
    }

    private static JsonNode raw(String json) {
        return NODES.rawValueNode(new RawValue(json));
    }

    JsonNode value() {
        return draws.of(VALUES);
    }

    /** A copy in which one place is not as it should be. */
    JsonNode spoil(JsonNode good) {
        if (!good.isContainerNode() || good.isEmpty() || draws.percent(5)) {
            return value();
        }
        JsonNode copy = good.deepCopy();
        List<JsonNode> containers = new ArrayList<>();
        collect(copy, containers);
        JsonNode place = draws.of(containers);
        if (place instanceof ObjectNode object) {
            spoilMember(object);
        } else {
            ArrayNode array = (ArrayNode) place;
            array.set(draws.below(array.size()), value());
        }
        return draws.percent(5) ? NODES.arrayNode().add(copy) : copy;
    }

    private void spoilMember(ObjectNode object) {
        String name = draws.of(object.propertyStream().map(Map.Entry::getKey).toList());
        switch (draws.below(5)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(draws.of(TEXTS), value());
            default -> object.set(name, value());
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    static byte[] bytes(JsonNode json) {
        try {
            return ASCII.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes that are no JSON, or no JSON as it is sent. */
    byte[] garble(byte[] good) {
        String text = new String(good, StandardCharsets.UTF_8);
        return switch (draws.below(11)) {
            case 0 -> text.substring(0, draws.below(text.length())).getBytes(StandardCharsets.UTF_8);
            case 1 -> (text + draws.of(List.of("{}", "x", "]", "\0", "//"))).getBytes(StandardCharsets.UTF_8);
            case 2 -> inserted(good, new byte[] { (byte) 0xff });
            case 3 -> inserted(good, new byte[] { (byte) 0xed, (byte) 0xa0, (byte) 0x80 });
            case 4 -> inserted(good, new byte[] { (byte) 0xc0, (byte) 0x80 });
            case 5 -> text.replace('"', '\'').getBytes(StandardCharsets.UTF_8);
            case 6 -> text.getBytes(draws.percent(50) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16);
            case 7 -> text.replaceFirst("\\{", "{\"name\":1,\"name\":2,").getBytes(StandardCharsets.UTF_8);
            case 8 -> new byte[0];
            case 9 -> "[".repeat(DEEPEST * 10).getBytes(StandardCharsets.UTF_8);
            default -> inserted(good, new byte[] { (byte) draws.below(256) });
        };
    }

    private byte[] inserted(byte[] good, byte[] bad) {
        int place = draws.below(good.length + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(good, 0, place);
        bytes.writeBytes(bad);
        bytes.write(good, place, good.length - place);
        return bytes.toByteArray();
    }
}
