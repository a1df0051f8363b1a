package io.gatehouse.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What counts as a change of a tool, and what is only written differently. */
class ToolDigestTest {

    private static final JsonMapper JSON = BoundedNumbers.strictMapper();
    private static final JsonNodeFactory NODES = BoundedNumbers.NODES;
    private static final Set<String> NAMED = Set.of("properties", "$defs", "dependentSchemas");
    private static final Set<String> SETS = Set.of("required", "type", "enum");
    private static final Set<String> DATA = Set.of("const", "default", "examples");

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String digest(String tool) {
        return ToolDigest.of(json(tool.replace('\'', '"')));
    }

    private static String schema(String schema) {
        return digest("{'name':'t','inputSchema':" + schema + "}");
    }

    @Test
    void isHexInLowerCase() {
        assertTrue(digest("{'name':'t','inputSchema':{'type':'object'}}").matches("[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'type':'object','properties':{}}                | {'properties':{},'type':'object'}
            {'type':'object','properties':{}}                | {'type':['object']}
            {'type':'object'}                                | {'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object'}
            {'minimum':1}                                    | {'minimum':1.0}
            {'minimum':1}                                    | {'minimum':1e0}
            {'minimum':100}                                  | {'minimum':1E2}
            {'multipleOf':0.1}                               | {'multipleOf':1.0e-1}
            {'minimum':0}                                    | {'minimum':-0.0}
            {'const':{'a':1,'b':[2]}}                        | {'const':{'b':[2.0],'a':1}}
            {'required':['a','b']}                           | {'required':['b','a']}
            {'properties':{'p':{'type':['null','string']}}}  | {'properties':{'p':{'type':['string','null']}}}
            {'enum':['a',1,{'x':1,'y':2}]}                   | {'enum':[{'y':2,'x':1},'a',1.0]}
            {'dependentRequired':{'a':['b','c']}}            | {'dependentRequired':{'a':['c','b']}}
            {'items':{'anyOf':[{'required':['a','b']}]}}     | {'items':{'anyOf':[{'required':['b','a']}]}}
            {'additionalProperties':{}}                      | {'additionalProperties':true}
            {'properties':{'required':{'enum':[1,2]}}}       | {'properties':{'required':{'enum':[2,1]}}}
            {'dependencies':{'a':['b','c']}}                 | {'dependencies':{'a':['c','b']}}
            """)
    void doesNotMindHowASchemaIsWritten(String one, String other) {
        assertEquals(schema(one), schema(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'minimum':9007199254740992}                 | {'minimum':9007199254740993}
            {'minimum':0.1}                              | {'minimum':0.1000000000000000055511151231257827}
            {'const':1}                                  | {'const':'1'}
            {'const':null}                               | {}
            {'const':true}                               | {'const':'true'}
            {'const':['a','b']}                          | {'const':['b','a']}
            {'default':{'required':['a','b']}}           | {'default':{'required':['b','a']}}
            {'const':{'enum':[1,2]}}                     | {'const':{'enum':[2,1]}}
            {'examples':[1,2]}                           | {'examples':[2,1]}
            {'enum':[['a','b']]}                         | {'enum':[['b','a']]}
            {'anyOf':[{'type':'null'},{'minimum':1}]}    | {'anyOf':[{'minimum':1},{'type':'null'}]}
            {'prefixItems':[{},false]}                   | {'prefixItems':[false,{}]}
            {'description':'Pays.'}                      | {'description':'Pays. '}
            {'description':'a b'}                        | {'description':'a\\u00a0b'}
            {'description':'ab'}                         | {'description':'a\\u200bb'}
            {'description':'?'}                          | {'description':'\\ud83d'}
            {'description':'\\ud83d'}                    | {'description':'\\ud83e'}
            {'description':'e\\u0301'}                   | {'description':'\\u00e9'}
            {'properties':{'a':{},'b':{}}}               | {'properties':{'a':{}}}
            {'properties':{'a':{}}}                      | {'properties':{'A':{}}}
            {'properties':{'$schema':{}}}                | {'properties':{}}
            {'properties':{'p':{'default':{}}}}          | {'properties':{'p':{}}}
            {'additionalProperties':false}               | {'additionalProperties':true}
            {'additionalProperties':false}               | {}
            {'$schema':'http://json-schema.org/draft-07/schema#'} | {}
            {'x-mcp-header':'Region'}                    | {}
            """)
    void mindsWhatASchemaMeans(String one, String other) {
        assertNotEquals(schema(one), schema(other));
    }

    @Test
    void takesHintsForWhatTheyMeanWhereTheyAreAbsent() {
        String bare = digest("{'name':'t','inputSchema':{}}");

        assertEquals(bare, digest("{'name':'t','inputSchema':{},'annotations':{},'title':null,'outputSchema':null}"));
        assertEquals(bare, digest("{'inputSchema':{},'name':'t','annotations':{'readOnlyHint':false,"
                + "'destructiveHint':true,'idempotentHint':false,'openWorldHint':true,'title':null}}"));
        for (String annotations : List.of("'readOnlyHint':true", "'destructiveHint':false", "'idempotentHint':true",
                "'openWorldHint':false", "'title':'T'", "'vendorHint':false")) {
            assertNotEquals(bare, digest("{'name':'t','inputSchema':{},'annotations':{" + annotations + "}}"),
                    annotations);
        }
    }

    @Test
    void pinsWhatAgentsActOnAndNothingElse() {
        String tool = "{'name':'t','title':'T','description':'D','inputSchema':{},'outputSchema':{}}";

        assertEquals(digest(tool), digest(tool.replace("{'name'", "{'_meta':{'a':1},'icons':[],'name'")));
        for (String change : List.of("'name':'u'", "'title':'U'", "'description':'E'", "'inputSchema':{'a':1}",
                "'outputSchema':{'a':1}", "'annotations':{'readOnlyHint':true}")) {
            String member = change.substring(0, change.indexOf(':'));
            String changed = tool.contains(member) ? tool.replaceFirst(member + ":('.'|\\{\\})", change)
                    : tool.replace("{'name'", "{" + change + ",'name'");
            assertNotEquals(digest(tool), digest(changed), change);
        }
        assertNotEquals(digest("{'name':'t','title':'x'}"), digest("{'name':'t','description':'x'}"));
        assertNotEquals(digest("{'name':'t'}"), digest("{'name':'t','description':''}"));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void isTheSameHoweverAToolIsWritten(@ForAll("tools") ObjectNode tool, @ForAll long seed) {
        JsonNode rewritten = rewritten(tool, new Random(seed));

        assertEquals(ToolDigest.of(tool), ToolDigest.of(rewritten), () -> tool + "\n" + rewritten);
        assertEquals(ToolDigest.of(tool), ToolDigest.of(json(rewritten.toString())));
        assertEquals(ToolDigest.canonical(tool), ToolDigest.canonical(ToolDigest.canonical(rewritten)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void changesWithEveryLetterAndNumber(@ForAll("tools") ObjectNode tool, @ForAll long seed) {
        List<Runnable> changes = new ArrayList<>();
        changes(tool, changes);
        String before = ToolDigest.of(tool);

        changes.get(new Random(seed).nextInt(changes.size())).run();

        assertNotEquals(before, ToolDigest.of(tool), tool::toString);
    }

    /** Everything that one could change in data. */
    private static void changes(JsonNode node, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            List.copyOf(object.properties()).forEach(member -> {
                JsonNode value = member.getValue();
                if (value.isTextual()) {
                    changes.add(() -> object.put(member.getKey(), value.textValue() + ' '));
                } else if (value.isNumber()) {
                    changes.add(() -> object.put(member.getKey(), value.decimalValue().add(new BigDecimal("1e-30"))));
                } else {
                    changes(value, changes);
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> changes(element, changes));
            changes.add(() -> array.add("added"));
        }
    }

    private static JsonNode rewritten(ObjectNode tool, Random random) {
        ObjectNode rewritten = shuffled(tool);
        tool.properties().stream().filter(member -> member.getKey().endsWith("Schema"))
                .forEach(member -> rewritten.set(member.getKey(), schema(member.getValue(), random)));
        ObjectNode hints = NODES.objectNode();
        if (random.nextBoolean()) {
            hints.put("destructiveHint", true).putNull("title");
        }
        hints.setAll((ObjectNode) tool.path("annotations"));
        rewritten.set("annotations", hints);
        if (!rewritten.has("title") && random.nextBoolean()) {
            rewritten.putNull("title");
        }
        return rewritten;
    }

    private static ObjectNode shuffled(JsonNode object) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        Collections.reverse(members);
        ObjectNode shuffled = NODES.objectNode();
        members.forEach(member -> shuffled.set(member.getKey(), member.getValue()));
        return shuffled;
    }

    private static JsonNode schema(JsonNode schema, Random random) {
        if (!schema.isObject()) {
            return data(schema);
        }
        ObjectNode rewritten = NODES.objectNode();
        if (random.nextBoolean()) {
            rewritten.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        }
        shuffled(schema).properties().forEach(keyword -> {
            JsonNode value = keyword.getValue();
            if (NAMED.contains(keyword.getKey())) {
                ObjectNode named = shuffled(value);
                named.properties().forEach(member -> member.setValue(schema(member.getValue(), random)));
                rewritten.set(keyword.getKey(), named);
            } else if (SETS.contains(keyword.getKey()) && value.isArray()) {
                List<JsonNode> elements = new ArrayList<>();
                value.forEach(element -> elements.add(data(element)));
                Collections.shuffle(elements, random);
                rewritten.set(keyword.getKey(), NODES.arrayNode().addAll(elements));
            } else if (keyword.getKey().equals("anyOf")) {
                ArrayNode schemas = NODES.arrayNode();
                value.forEach(element -> schemas.add(schema(element, random)));
                rewritten.set(keyword.getKey(), schemas);
            } else {
                rewritten.set(keyword.getKey(), keyword.getKey().equals("items") ? schema(value, random) : data(value));
            }
        });
        return rewritten;
    }

    private static JsonNode data(JsonNode value) {
        if (value.isObject()) {
            ObjectNode shuffled = shuffled(value);
            shuffled.properties().forEach(member -> member.setValue(data(member.getValue())));
            return shuffled;
        }
        if (value.isArray()) {
            ArrayNode array = NODES.arrayNode();
            value.forEach(element -> array.add(data(element)));
            return array;
        }
        return value.isNumber() ? NODES.numberNode(value.decimalValue().setScale(value.decimalValue().scale() + 2)) : value;
    }

    @Provide
    Arbitrary<ObjectNode> tools() {
        Arbitrary<ObjectNode> hints = Arbitraries.maps(Arbitraries.of("readOnlyHint", "idempotentHint", "vendorHint"),
                Arbitraries.of(NODES.booleanNode(true), NODES.booleanNode(false))).ofMaxSize(3)
                .map(members -> NODES.objectNode().setAll(members));
        return Combinators.combine(texts(), texts(), schemas(3), schemas(1), hints)
                .as((name, description, input, output, annotations) -> {
                    ObjectNode tool = NODES.objectNode().put("name", name).put("description", description);
                    tool.set("inputSchema", input);
                    tool.set("outputSchema", output);
                    tool.set("annotations", annotations);
                    return tool;
                });
    }

    /** Names of keywords are names of properties too. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.of("required", "properties", "enum", "const", "$schema", "type", "a", "b"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(6));
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> leaves = Arbitraries.oneOf(texts().map(NODES::textNode),
                Arbitraries.bigDecimals().ofScale(3).map(NODES::numberNode), Arbitraries.of(NODES.nullNode()));
        return depth == 0 ? leaves
                : Arbitraries.oneOf(leaves, Arbitraries.maps(texts(), values(depth - 1)).ofMaxSize(3)
                        .map(members -> NODES.objectNode().setAll(members)),
                        values(depth - 1).list().ofMaxSize(3).map(list -> NODES.arrayNode().addAll(list)));
    }

    private static Arbitrary<JsonNode> schemas(int depth) {
        Arbitrary<Map.Entry<String, JsonNode>> keyword = Arbitraries.frequencyOf(
                Tuple.of(2, Combinators.combine(Arbitraries.of(List.copyOf(DATA)), values(2)).as(Map::entry)),
                Tuple.of(2, Combinators.combine(Arbitraries.of(List.copyOf(SETS)),
                        values(1).list().uniqueElements().ofMinSize(2).ofMaxSize(4)).as(
                                (name, list) -> Map.entry(name, NODES.arrayNode().addAll(list)))),
                Tuple.of(1, texts().map(text -> Map.entry("description", NODES.textNode(text)))),
                Tuple.of(1, Arbitraries.bigDecimals().ofScale(2).map(n -> Map.entry("minimum",
                        NODES.numberNode(n)))),
                Tuple.of(depth == 0 ? 0 : 3, Arbitraries.lazy(() -> subschemas(depth))));
        return keyword.list().ofMinSize(1).ofMaxSize(4).map(keywords -> {
            ObjectNode schema = NODES.objectNode();
            keywords.forEach(entry -> schema.set(entry.getKey(), entry.getValue()));
            return schema;
        });
    }

    private static Arbitrary<Map.Entry<String, JsonNode>> subschemas(int depth) {
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(List.copyOf(NAMED)), Arbitraries.maps(texts(), schemas(depth - 1))
                        .ofMinSize(1).ofMaxSize(3)).as(
                                (name, members) -> Map.entry(name,
                                        NODES.objectNode().setAll(members))),
                schemas(depth - 1).map(schema -> Map.entry("items", schema)),
                schemas(depth - 1).list().ofMinSize(1).ofMaxSize(3)
                        .map(list -> Map.entry("anyOf", NODES.arrayNode().addAll(list))));
    }
}
