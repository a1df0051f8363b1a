package io.gatehouse.upstreams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.ToolDigest;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is told of a change: all of it, and nothing else. */
class DifferencesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static JsonNode json(String text) {
        return WholeText.read(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'description':'a'}                        | {'description':'b'}                          | replace /description 'a' 'b'
            {'name':'a'}                               | {'name':'a','title':'T'}                     | add /title null 'T'
            {'name':'a','title':'T'}                   | {'name':'a'}                                 | remove /title 'T' null
            {'inputSchema':{'required':['b','a']}}     | {'inputSchema':{'required':['c','a','b']}}   | add /inputSchema/required/2 null 'c'
            {'inputSchema':{'required':['a','b']}}     | {'inputSchema':{'required':['b']}}           | remove /inputSchema/required/0 'a' null
            {'inputSchema':{'minimum':1}}              | {'inputSchema':{'minimum':2}}                | replace /inputSchema/minimum 1 2
            {'inputSchema':{'properties':{'a/b~':{}}}} | {'inputSchema':{'properties':{}}}            | remove /inputSchema/properties {'a/b~':{}} null
            {'inputSchema':{'const':{'a/b~':1}}}       | {'inputSchema':{'const':{'a/b~':2}}}         | replace /inputSchema/const/a~1b~0 1 2
            {'annotations':{'readOnlyHint':true}}      | {}                                           | remove /annotations {'readOnlyHint':true} null
            """)
    void saysWhere(String from, String to, String told) {
        assertEquals(List.of(told), Differences.between(json(from), json(to)).stream().map(difference -> String
                .join(" ", difference.op(), difference.path(), text(difference.from()), text(difference.to()))).toList());
    }

    private static String text(JsonNode value) {
        return value == null ? "null" : value.toString().replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'name':'a','inputSchema':{'required':['a','b'],'minimum':1.0}} | {'inputSchema':{'minimum':1,'required':['b','a']},'name':'a'}
            {'name':'a','annotations':{'readOnlyHint':false}}               | {'name':'a'}
            """)
    void saysNothingOfWhatIsOnlyWrittenOtherwise(String from, String to) {
        assertEquals(List.of(), Differences.between(json(from), json(to)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void leadsFromOneToTheOther(@ForAll("data") JsonNode from, @ForAll("data") JsonNode to) {
        ObjectNode one = tool(from);
        ObjectNode other = tool(to);
        List<Difference> differences = Differences.between(one, other);
        JsonNode patched = ToolDigest.canonical(one);
        for (Difference difference : differences) {
            apply(patched, difference);
        }

        assertEquals(ToolDigest.canonical(other), patched, differences::toString);
        assertEquals(one.equals(other) || ToolDigest.of(one).equals(ToolDigest.of(other)), differences.isEmpty());
    }

    private static ObjectNode tool(JsonNode data) {
        ObjectNode tool = NODES.objectNode().put("name", "t");
        tool.putObject("inputSchema").set("const", data);
        return tool;
    }

    /** As RFC 6902 has it; what it says was there has to be there. */
    private static void apply(JsonNode document, Difference difference) {
        JsonPointer place = JsonPointer.compile(difference.path());
        JsonNode owner = document.at(place.head());
        if (difference.from() != null) {
            assertEquals(difference.from(), document.at(place));
        }
        String name = place.last().getMatchingProperty();
        if (owner instanceof ObjectNode object) {
            if (difference.to() == null) {
                object.remove(name);
            } else {
                object.set(name, difference.to());
            }
        } else if (owner instanceof ArrayNode array) {
            int index = Integer.parseInt(name);
            switch (difference.op()) {
                case "add" -> array.insert(index, difference.to());
                case "remove" -> array.remove(index);
                default -> array.set(index, difference.to());
            }
        }
    }

    @Provide
    Arbitrary<JsonNode> data() {
        return values(3);
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> leaves = Arbitraries.of(Stream.of("a", "b", "/~").<JsonNode> map(NODES::textNode).toList());
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<JsonNode> arrays = values(depth - 1).list().ofMaxSize(4)
                .map(list -> NODES.arrayNode().addAll(new ArrayList<>(list)));
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.of("a", "b", "/~"), values(depth - 1)).ofMaxSize(3)
                .map(members -> NODES.objectNode().setAll(members));
        return Arbitraries.oneOf(leaves, arrays, objects);
    }
}
