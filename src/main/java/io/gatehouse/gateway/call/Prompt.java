package io.gatehouse.gateway.call;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.PromptPlan.ContentType;
import io.gatehouse.plan.PromptTemplate;

/** A prompt ready to be rendered, its templates compiled. */
public final class Prompt {

    private final PromptPlan plan;
    private final List<PromptTemplate> templates;

    public Prompt(PromptPlan plan) {
        this.plan = plan;
        this.templates = plan.messages().stream().map(message -> PromptTemplate.compile(message.template())).toList();
    }

    public PromptPlan plan() {
        return plan;
    }

    /** About how many bytes it takes. */
    public int size() {
        return templates.stream().mapToInt(PromptTemplate::size).sum() + 2 * plan.arguments().stream()
                .flatMap(argument -> argument.suggestions().stream()).mapToInt(String::length).sum();
    }

    /**
     * What is suggested for an argument that begins like this, and then what has it elsewhere; in any case.
     *
     * @throws Problem when the prompt has no such argument
     */
    public List<String> suggestions(String argument, String begun) {
        List<String> all = plan.arguments().stream().filter(known -> known.name().equals(argument)).findFirst()
                .orElseThrow(() -> Problem.invalid("invalid_argument", "Unknown argument: " + argument)).suggestions();
        String sought = begun.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        all.stream().filter(each -> each.toLowerCase(Locale.ROOT).startsWith(sought)).forEach(found::add);
        all.stream().filter(each -> each.toLowerCase(Locale.ROOT).indexOf(sought) > 0).forEach(found::add);
        return found;
    }

    /**
     * The contents of the prompt's messages, in their order.
     *
     * @param arguments an object; those that the prompt does not know are not looked at
     * @throws Problem when they do not fit, or make more of the prompt than is allowed
     */
    public List<String> render(JsonNode arguments) {
        Map<String, String> values = values(arguments);
        BoundedText out = new BoundedText();
        List<String> contents = new ArrayList<>(templates.size());
        for (int i = 0; i < templates.size(); i++) {
            templates.get(i).render(values, out);
            contents.add(content(i, out.take()));
        }
        return contents;
    }

    private Map<String, String> values(JsonNode arguments) {
        Map<String, String> values = new HashMap<>();
        for (PromptPlan.Argument argument : plan.arguments()) {
            JsonNode value = arguments.path(argument.name());
            if (value.isTextual()) {
                values.put(argument.name(), value.textValue());
            } else if (!value.isMissingNode()) {
                throw Problem.invalid("invalid_argument", "The argument " + argument.name() + " must be a string");
            } else if (argument.required()) {
                throw Problem.invalid("missing_argument", "The argument " + argument.name() + " is required");
            }
        }
        return values;
    }

    private String content(int index, String text) {
        ContentType type = plan.messages().get(index).contentType();
        if (type != ContentType.IMAGE && type != ContentType.AUDIO) {
            return text;
        }
        String data = text.strip();
        try {
            Base64.getDecoder().decode(data);
            return data;
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("invalid_base64",
                    "Message " + index + " of the prompt must be Base64, and with these arguments it is not");
        }
    }
}
