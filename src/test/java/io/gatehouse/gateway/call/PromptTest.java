package io.gatehouse.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.PromptPlan.Argument;
import io.gatehouse.plan.PromptPlan.ContentType;
import io.gatehouse.plan.PromptPlan.Message;
import io.gatehouse.plan.PromptPlan.Role;
import io.gatehouse.testing.Quickly;

/** Arguments are checked, and what they make of a prompt is bounded. */
class PromptTest {

    private static Prompt prompt(ContentType contentType, String... templates) {
        return new Prompt(new PromptPlan("p", null, null,
                List.of(new Argument("must", null, true, List.of()), new Argument("may", null, false, List.of())),
                Stream.of(templates)
                        .map(template -> new Message(Role.USER, contentType, "x/y", template)).toList()));
    }

    private static ObjectNode arguments() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String refusal(Prompt prompt, ObjectNode arguments) {
        return Quickly.within(Duration.ofSeconds(2),
                () -> assertThrows(Problem.class, () -> prompt.render(arguments)).getMessage());
    }

    @Test
    void suggestsWhatBeginsAlikeAndThenWhatHasIt() {
        Prompt prompt = new Prompt(new PromptPlan("p", null, null, List.of(new Argument("city", null, true,
                List.of("Las Palmas", "Paris", "Osaka", "palermo", "Åpa")), new Argument("other", null, false, List.of())),
                List.of()));

        assertEquals(List.of("Paris", "palermo", "Las Palmas", "Åpa"), prompt.suggestions("city", "PA"));
        assertEquals(List.of("Las Palmas", "Paris", "Osaka", "palermo", "Åpa"), prompt.suggestions("city", ""));
        assertEquals(List.of("Åpa"), prompt.suggestions("city", "åP"));
        assertEquals(List.of(), prompt.suggestions("city", "Paris, Texas"));
        assertEquals(List.of(), prompt.suggestions("other", ""));
        assertThrows(Problem.class, () -> prompt.suggestions("City", ""));
    }

    @Test
    // C-61
    void rendersEveryMessageInItsOrder() {
        Prompt prompt = prompt(ContentType.TEXT, "1 {{must}}{{may}}", "2 {{other}}", "3 {{may}}");

        assertEquals(List.of("1 a", "2 ", "3 "), prompt.render(arguments().put("must", "a").put("other", "b")));
        assertEquals(List.of("1 {{may}}b", "2 ", "3 b"),
                prompt.render(arguments().put("must", "{{may}}").put("may", "b").put("unknown", 7)));
        assertEquals(List.of("1 ", "2 ", "3 "), prompt.render(arguments().put("must", "")));
    }

    @Test
    // C-61
    void namesTheArgumentThatIsMissingOrNoString() {
        Prompt prompt = prompt(ContentType.TEXT, "x");

        assertEquals("The argument must is required", refusal(prompt, arguments().put("may", "x")));
        assertEquals("The argument must must be a string", refusal(prompt, arguments().put("must", 1)));
        assertEquals("The argument may must be a string", refusal(prompt, arguments().put("must", "").putNull("may")));
    }

    @ParameterizedTest
    @CsvSource({ "aGVsbG8=,aGVsbG8=", "' aGVs\n',aGVs", "'',''" })
    void givesImagesAndAudioAsBase64(String value, String data) {
        for (ContentType type : List.of(ContentType.IMAGE, ContentType.AUDIO)) {
            assertEquals(List.of(data), prompt(type, "{{must}}").render(arguments().put("must", value)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "no base64", "a", "aGVs\nbG8=", "data:image/png;base64,aGVsbG8=" })
    void refusesMediaThatIsNoBase64(String value) {
        assertTrue(refusal(prompt(ContentType.IMAGE, "aGVs", "{{must}}"), arguments().put("must", value))
                .startsWith("Message 1 of the prompt must be Base64"));
        assertEquals(List.of(value), prompt(ContentType.RESOURCE, "{{must}}").render(arguments().put("must", value)));
    }

    @Test
    void boundsWhatAPromptBecomes() {
        String most = "x".repeat(BoundedText.LONGEST);

        assertEquals(List.of(most), prompt(ContentType.TEXT, "{{must}}").render(arguments().put("must", most)));
        assertEquals("With these arguments the prompt is longer than 1048576 characters",
                refusal(prompt(ContentType.TEXT, "{{must}}", "."), arguments().put("must", most)));
        refusal(prompt(ContentType.TEXT, "{{must}}".repeat(1_000)), arguments().put("must", most));
        refusal(prompt(ContentType.TEXT, "{{#must}}{{may}}{{/must}}".repeat(40)),
                arguments().put("must", "x").put("may", "x".repeat(100_000)));
    }
}
