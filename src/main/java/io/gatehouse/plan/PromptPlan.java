package io.gatehouse.plan;

import java.util.List;

/**
 * One prompt as agents see it, and the messages that it renders to.
 *
 * @param name unique in its server
 * @param title for people, or null
 * @param description null for none
 * @param messages in their order
 */
public record PromptPlan(String name, String title, String description, List<Argument> arguments,
        List<Message> messages) {

    /** Who says a message. */
    public enum Role {
        USER,
        ASSISTANT
    }

    /** What a message holds. */
    public enum ContentType {
        TEXT,
        IMAGE,
        AUDIO,
        RESOURCE
    }

    /**
     * @param description null for none
     * @param suggestions values that are offered to who fills it in
     */
    public record Argument(String name, String description, boolean required, List<String> suggestions) {
    }

    /** Whether anything is offered to who fills it in. */
    public boolean hasSuggestions() {
        return arguments.stream().anyMatch(argument -> !argument.suggestions().isEmpty());
    }

    /**
     * @param mimeType null for a text, and for a resource of no known type
     * @param template renders to the text, or to Base64 for an image or a sound
     */
    public record Message(Role role, ContentType contentType, String mimeType, String template) {
    }
}
