package io.gatehouse.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Problem.Detail;
import io.gatehouse.plan.PromptPlan.ContentType;
import io.gatehouse.plan.PromptPlan.Role;
import io.gatehouse.prompts.Prompt.Argument;
import io.gatehouse.prompts.Prompt.MessageTemplate;

/** Every fault of a server's prompts is told, by the field in which a request has it. */
class PromptRulesTest {

    private static final MessageTemplate MESSAGE = new MessageTemplate(Role.USER, ContentType.TEXT, null, "Hello {{a}}");

    /** The code of each fault by its field. */
    private static Map<String, String> faults(Prompt... prompts) {
        Faults faults = new Faults();
        new Prompts(null).check(List.of(prompts), faults);
        try {
            faults.raise();
            return Map.of();
        } catch (Problem problem) {
            return problem.details().stream().collect(Collectors.toMap(Detail::field, Detail::code));
        }
    }

    private static Prompt named(String name) {
        return new Prompt(name, null, null, List.of(), List.of(MESSAGE));
    }

    private static Prompt taking(Argument... arguments) {
        return new Prompt("p", null, null, List.of(arguments), List.of(MESSAGE));
    }

    private static Prompt saying(MessageTemplate... messages) {
        return new Prompt("p", null, null, List.of(), List.of(messages));
    }

    @Test
    void findsNothingWrongWithGoodPrompts() {
        assertEquals(Map.of(), faults());
        assertEquals(Map.of(), faults(named("a"), named("A"), new Prompt("b c", "Title", "Some\nlines",
                List.of(new Argument("x", null, true, List.of()), new Argument("X", "Words", false, List.of())),
                List.of(MESSAGE, new MessageTemplate(Role.ASSISTANT, ContentType.IMAGE, "image/png", "{{x}}"),
                        new MessageTemplate(Role.USER, ContentType.RESOURCE, null, "text"))),
                new Prompt("silent", null, null, null, null)));
    }

    @Test
    // C-56
    void wantsANameThatNoEarlierPromptHas() {
        assertEquals(Map.of("prompts.0.name", "missing_required_field", "prompts.2.name", "missing_required_field",
                "prompts.3.name", "mcp_server_duplicate_prompt_name"),
                faults(named(null), named("a"), named("  "), named(" a ")));
        assertEquals(Map.of("prompts.0.name", "maxlength"), faults(named("a".repeat(301)), named("a".repeat(300))));
        assertEquals(Map.of("prompts.0.name", "invalid_field_value", "prompts.1.name", "invalid_field_value",
                "prompts.2.name", "invalid_field_value"), faults(named("a\nb"), named("a\u0000"), named("a\u0085b")));
    }

    @Test
    // C-57
    void wantsArgumentsWithNamesOfTheirOwn() {
        assertEquals(Map.of("prompts.0.arguments.0.name", "missing_required_field", "prompts.0.arguments.2.name",
                "mcp_server_duplicate_argument_name", "prompts.0.arguments.3.description", "maxlength"),
                faults(taking(new Argument(null, null, true, List.of()), new Argument("x", null, false, List.of()),
                        new Argument("x ", null, true, List.of()), new Argument("y", "d".repeat(10_001), true, List.of()))));
    }

    @Test
    void wantsSuggestionsToBeShortTexts() {
        assertEquals(Map.of(), faults(taking(new Argument("x", null, true, List.of("a", "B", "s".repeat(1_000))))));
        assertEquals(Map.of("prompts.0.arguments.0.suggestions.1", "missing_required_field",
                "prompts.0.arguments.0.suggestions.2", "maxlength", "prompts.0.arguments.0.suggestions.3",
                "invalid_field_value"),
                faults(taking(new Argument("x", null, true, List.of("a", " ", "s".repeat(1_001), "a\u0000")))));
        assertEquals(List.of("b", "a"), new Argument("x", null, true, List.of("b", "a", "b")).suggestions());
    }

    @Test
    // C-58
    void wantsARoleAndATemplateOfEveryMessage() {
        assertEquals(Map.of("prompts.0.messagesTemplate.1.role", "missing_required_field",
                "prompts.0.messagesTemplate.1.template", "missing_required_field", "prompts.0.messagesTemplate.2.template",
                "missing_required_field"),
                faults(saying(MESSAGE, new MessageTemplate(null, ContentType.TEXT, null, null),
                        new MessageTemplate(Role.USER, ContentType.TEXT, null, " "))));
    }

    @Test
    // C-59
    void takesAMessageForATextWhereNothingIsSaid() {
        assertEquals(ContentType.TEXT, new MessageTemplate(Role.USER, null, null, "x").contentType());
        assertEquals(Map.of(), faults(saying(new MessageTemplate(Role.USER, null, null, "x"))));
    }

    @ParameterizedTest
    @EnumSource
    // C-60
    void wantsTheTypeOfImagesAndAudio(ContentType contentType) {
        String field = "prompts.0.messagesTemplate.0.mimeType";
        boolean isMedia = contentType == ContentType.IMAGE || contentType == ContentType.AUDIO;

        assertEquals(isMedia ? Map.of(field, "mcp_server_prompt_mimetype_required") : Map.of(),
                faults(saying(new MessageTemplate(Role.USER, contentType, null, "x"))));
        assertEquals(contentType == ContentType.TEXT ? Map.of() : Map.of(field, "invalid_field_value"),
                faults(saying(new MessageTemplate(Role.USER, contentType, "png", "x"))));
        assertEquals(Map.of(field, "maxlength"),
                faults(saying(new MessageTemplate(Role.USER, contentType, "a/" + "b".repeat(300), "x"))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{{x", "{{}}", "{{#x}}", "{{>file}}", "{{/x}}" })
    void wantsTemplatesThatAreSome(String template) {
        assertEquals(Map.of("prompts.0.messagesTemplate.1.template", "invalid_template"),
                faults(saying(MESSAGE, new MessageTemplate(Role.USER, ContentType.TEXT, null, template))));
    }

    @Test
    void boundsTexts() {
        Prompt wordy = new Prompt("p", "t".repeat(301), "d".repeat(10_001), List.of(),
                List.of(new MessageTemplate(Role.USER, ContentType.TEXT, null, "t".repeat(256 * 1024 + 1))));

        assertEquals(Map.of("prompts.0.title", "maxlength", "prompts.0.description", "maxlength",
                "prompts.0.messagesTemplate.0.template", "maxlength"), faults(wordy));
    }

    @ParameterizedTest
    @MethodSource
    void boundsLists(String field, String code, List<Prompt> prompts) {
        assertEquals(Map.of(field, code), faults(prompts.toArray(Prompt[]::new)));
    }

    static Stream<Arguments> boundsLists() {
        MessageTemplate large = new MessageTemplate(Role.USER, ContentType.TEXT, null, "t".repeat(256 * 1024));
        return Stream.of(
                Arguments.of("prompts", "max", IntStream.range(0, 1_001).mapToObj(i -> named("p" + i)).toList()),
                Arguments.of("prompts", "maxlength", List.of(saying(Collections.nCopies(16, large)
                        .toArray(MessageTemplate[]::new)))),
                Arguments.of("prompts.0.arguments", "max", List.of(taking(IntStream.range(0, 101)
                        .mapToObj(i -> new Argument("a" + i, null, true, List.of())).toArray(Argument[]::new)))),
                Arguments.of("prompts.0.arguments.0.suggestions", "max", List.of(taking(new Argument("a", null, true,
                        IntStream.range(0, 1_001).mapToObj(i -> "s" + i).toList())))),
                Arguments.of("prompts", "maxlength", List.of(taking(IntStream.range(0, 5).mapToObj(i -> new Argument("a" + i,
                        null, true, IntStream.range(1_000, 2_000).mapToObj(j -> j + "s".repeat(996)).toList()))
                        .toArray(Argument[]::new)))),
                Arguments.of("prompts.0.messagesTemplate", "max",
                        List.of(saying(Collections.nCopies(101, MESSAGE).toArray(MessageTemplate[]::new)))));
    }

    @Test
    void keepsItsListsToItself() {
        List<Argument> arguments = new ArrayList<>(List.of(new Argument("x", null, true, List.of())));
        Prompt prompt = new Prompt("p", null, null, arguments, null);
        arguments.clear();

        assertEquals(1, prompt.arguments().size());
        assertThrows(UnsupportedOperationException.class, () -> prompt.messages().add(MESSAGE));
    }
}
