package io.gatehouse.prompts;

import java.util.List;

import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.PromptPlan.ContentType;
import io.gatehouse.plan.PromptPlan.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A prompt as it is defined. Names stand without white space around them.
 *
 * @param title null for none
 * @param description null for none
 */
public record Prompt(String name, String title, String description, List<Argument> arguments,
        List<MessageTemplate> messages) {

    public Prompt {
        name = stripped(name);
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
        messages = messages == null ? List.of() : List.copyOf(messages);
    }

    /**
     * What a prompt is filled in with, always a text.
     *
     * @param suggestions values that clients offer to whoever fills it in, who may give any other; in order, each once
     */
    @RegisterForReflection
    public record Argument(String name, String description, boolean required, List<String> suggestions) {

        public Argument {
            name = stripped(name);
            suggestions = suggestions == null ? List.of() : suggestions.stream().distinct().toList();
        }
    }

    /**
     * One message that the prompt gives, in the order of the list.
     *
     * @param contentType text where none is given
     * @param mimeType null where none is given; of no meaning for a text
     */
    @RegisterForReflection
    public record MessageTemplate(Role role, ContentType contentType, String mimeType, String template) {

        public MessageTemplate {
            contentType = contentType == null ? ContentType.TEXT : contentType;
        }
    }

    private static String stripped(String name) {
        return name == null ? null : name.strip();
    }

    public PromptPlan toPlan() {
        return new PromptPlan(name, title, description,
                arguments.stream().map(argument -> new PromptPlan.Argument(argument.name(), argument.description(),
                        argument.required(), argument.suggestions())).toList(),
                messages.stream().map(message -> new PromptPlan.Message(message.role(), message.contentType(),
                        message.contentType() == ContentType.TEXT ? null : message.mimeType(), message.template())).toList());
    }
}
