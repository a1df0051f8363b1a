package io.gatehouse.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.testing.Quickly;

/** Values are data whatever they hold, and no template reaches anything but them. */
class PromptTemplateTest {

    private static String render(String template, Map<String, String> values) {
        StringWriter out = new StringWriter();
        PromptTemplate.compile(template).render(values, out);
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{{b}}", "{{{b}}}", "{{&b}}", "{{#b}}x{{/b}}", "{{>file}}", "{{=<% %>=}}<%b%>", "{{! }}", "}}{{",
            "${b}", "#{b}", "%s", "\\1 $1", "<b> & \"quotes\" 'too'", "{", "\u0000\ud83d\ude00", "" })
    // C-61
    void writesValuesOutAsTheyAre(String value) {
        for (String template : new String[] { "<{{a}}{{b}}>", "<{{{a}}}{{b}}>", "<{{&a}}{{{b}}}>",
                "{{=[[ ]]=}}<[[a]][[b]]>" }) {
            assertEquals("<" + value + "secret>", render(template, Map.of("a", value, "b", "secret")), template);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{{a.class}}", "{{a.bytes}}", "{{a.length}}", "{{a.this}}", "{{a.}}", "{{.a}}", "{{.}}", "{{..}}",
            "{{...}}", "{{this}}", "{{this.class}}", "{{class}}", "{{getClass}}", "{{entrySet}}", "{{size}}", "{{0}}",
            "{{a.0}}",
            "{{-first}}", "{{-index}}", "{{#a}}{{.}}{{/a}}", "{{#a}}{{this}}{{/a}}", "{{#a}}{{class}}{{bytes}}{{/a}}",
            "{{#a}}{{-index}}{{-first}}{{/a}}", "{{#a}}{{#-first}}x{{/-first}}{{/a}}", "{{#a.class}}x{{/a.class}}",
            "{{#this}}x{{/this}}", "{{#.}}x{{/.}}", "{{#entrySet}}x{{/entrySet}}", "{{#a}}{{#.}}x{{/.}}{{/a}}", "{{A}}",
            "{{#b}}x{{/b}}", "{{^a}}x{{/a}}", "{{#empty}}x{{/empty}}" })
    void rendersWhatIsNoArgumentAsNothing(String template) {
        for (int times = 0; times < 2; times++) {
            assertEquals("", render(template, Map.of("a", "value", "empty", "")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "Hello {{name}}!|Hello Ann!", "{{ name }}|Ann",
            "{{#name}}Hello {{name}}{{/name}}|Hello Ann",
            "{{^other}}nobody{{/other}}|nobody", "{{#name}}{{^other}}{{name}}{{/other}}{{/name}}|Ann", "a{{! note }}b|ab",
            "{{my.name}}|Bob", "{{=<% %>=}}{{<%name%>}}|{{Ann}}", "{\"a\":{\"b\":1}}|{\"a\":{\"b\":1}}", "{{grün}}|Eva" })
    void fillsArgumentsIn(String template, String text) {
        assertEquals(text, render(template, Map.of("name", "Ann", "my.name", "Bob", "grün", "Eva")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{{", "{{name", "{{name}", "a {{b {{name}}", "{{}}", "{{ }}", "{{&}}", "{{#}}x{{/}}", "{{#a}}",
            "{{/a}}", "{{#a}}{{/b}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{{a}}", "{{a\nb}}", "{{=x}}", "{{=}}", "{{= =}}",
            "{{>file}}",
            "{{> /etc/passwd }}", "{{<parent}}{{/parent}}", "{{$block}}{{/block}}", "{{#a}}{{>file}}{{/a}}",
            "{{$b}}{{>file}}{{/b}}", "{{^a}}{{<p}}{{/p}}{{/a}}", "{{=<% %>=}}<%>file%>" })
    void refusesWhatIsNoTemplate(String template) {
        assertThrows(IllegalArgumentException.class, () -> PromptTemplate.compile(template));
    }

    @Test
    void refusesTemplatesThatCouldTakeLong() {
        for (String template : new String[] { "{{a}}".repeat(50_000), "{{#a}}{{/a}}".repeat(20_000),
                "{{#a}}".repeat(20_000) + "{{/a}}".repeat(20_000), "{{^a}}".repeat(20_000) + "{{/a}}".repeat(20_000),
                "{{a ".repeat(60_000), "{{#a}}".repeat(40_000) }) {
            Quickly.within(Duration.ofSeconds(2),
                    () -> assertThrows(IllegalArgumentException.class, () -> PromptTemplate.compile(template)));
        }
    }

    @Test
    void rendersTheMostThatIsAllowedInNoTime() {
        String template = "{{#b}}".repeat(50) + "{{none}}".repeat(950) + "{{/b}}".repeat(50);

        assertEquals("", Quickly.within(Duration.ofSeconds(2), () -> render(template, Map.of("b", "x"))));
    }

    /** Any text either compiles, and then renders, or is refused. */
    @Test
    void copesWithAnyText() {
        String[] pieces = { "{", "{{", "{{{", "}", "}}", "}}}", "a", "b", ".", "#", "^", "/", "!", "&", "=", "<", ">", "$", " ",
                "\n", "\r", "|", "this", "{{#a}}", "{{/a}}", "{{=| |=}}", "{{=<% %>=}}", "<%", "%>", "-first" };
        Random random = new Random(61);
        Map<String, String> values = new HashMap<>(Map.of("a", "v", "b", ""));
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(1 + random.nextInt(12), 0, pieces.length).forEach(at -> text.append(pieces[at]));
            try {
                render(text.toString(), values);
            } catch (IllegalArgumentException refused) {
                // that is an answer too
            }
        }
    }
}
