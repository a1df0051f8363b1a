package io.gatehouse.prompts;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Text;
import io.gatehouse.plan.MediaTypes;
import io.gatehouse.plan.PromptPlan.ContentType;
import io.gatehouse.plan.PromptTemplate;
import io.gatehouse.prompts.Prompt.Argument;
import io.gatehouse.prompts.Prompt.MessageTemplate;

/** What the prompts of a server must be like. */
final class PromptRules {

    private static final int MOST_PROMPTS = 1_000;
    private static final int MOST_ARGUMENTS = 100;
    private static final int MOST_MESSAGES = 100;
    private static final int MOST_SUGGESTIONS = 1_000;
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_SUGGESTION = 1_000;
    private static final int LONGEST_DESCRIPTION = 10_000;
    private static final int LONGEST_TEMPLATE = 256 * 1024;
    /** Of all that a server's prompts say, for every gateway keeps it in memory. */
    private static final int LONGEST_TOGETHER = 4 * 1024 * 1024;

    private final Faults faults;

    PromptRules(Faults faults) {
        this.faults = faults;
    }

    void check(List<Prompt> prompts) {
        if (isTooLarge("prompts", prompts)) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < prompts.size(); i++) {
            Prompt prompt = prompts.get(i);
            String field = "prompts." + i;
            checkName(field + ".name", prompt.name(), names, "mcp_server_duplicate_prompt_name");
            checkText(field + ".title", prompt.title(), LONGEST_NAME);
            checkText(field + ".description", prompt.description(), LONGEST_DESCRIPTION);
            checkArguments(field + ".arguments", prompt.arguments());
            checkMessages(field + ".messagesTemplate", prompt.messages());
        }
    }

    private boolean isTooLarge(String field, List<Prompt> prompts) {
        if (isTooMany(field, prompts, MOST_PROMPTS)) {
            return true;
        }
        long length = prompts.stream().flatMap(PromptRules::texts).mapToLong(text -> text == null ? 0 : text.length())
                .sum();
        if (length > LONGEST_TOGETHER) {
            faults.add(field, "maxlength",
                    field + " may have " + LONGEST_TOGETHER + " characters at most, all texts together");
        }
        return length > LONGEST_TOGETHER;
    }

    private static Stream<String> texts(Prompt prompt) {
        return Stream.of(Stream.of(prompt.name(), prompt.title(), prompt.description()),
                prompt.arguments().stream().flatMap(argument -> Stream.of(argument.name(), argument.description())),
                prompt.arguments().stream().flatMap(argument -> argument.suggestions().stream()),
                prompt.messages().stream().flatMap(message -> Stream.of(message.mimeType(), message.template())))
                .flatMap(texts -> texts);
    }

    private boolean isTooMany(String field, List<?> list, int most) {
        if (list.size() > most) {
            faults.add(field, "max", field + " may have " + most + " entries at most");
        }
        return list.size() > most;
    }

    private void checkArguments(String field, List<Argument> arguments) {
        if (isTooMany(field, arguments, MOST_ARGUMENTS)) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            checkName(field + "." + i + ".name", argument.name(), names, "mcp_server_duplicate_argument_name");
            checkText(field + "." + i + ".description", argument.description(), LONGEST_DESCRIPTION);
            checkSuggestions(field + "." + i + ".suggestions", argument.suggestions());
        }
    }

    private void checkSuggestions(String field, List<String> suggestions) {
        if (!isTooMany(field, suggestions, MOST_SUGGESTIONS)) {
            for (int i = 0; i < suggestions.size(); i++) {
                String at = field + "." + i;
                String suggestion = suggestions.get(i);
                faults.gather(() -> Text.required(at, suggestion, LONGEST_SUGGESTION));
            }
        }
    }

    private void checkMessages(String field, List<MessageTemplate> messages) {
        if (isTooMany(field, messages, MOST_MESSAGES)) {
            return;
        }
        for (int i = 0; i < messages.size(); i++) {
            MessageTemplate message = messages.get(i);
            if (message.role() == null) {
                missing(field + "." + i + ".role");
            }
            checkTemplate(field + "." + i + ".template", message.template());
            checkMimeType(field + "." + i + ".mimeType", message.mimeType(), message.contentType());
        }
    }

    private void checkTemplate(String field, String template) {
        if (faults.gather(() -> Text.required(field, template, LONGEST_TEMPLATE)) != null) {
            try {
                PromptTemplate.compile(template);
            } catch (IllegalArgumentException e) {
                faults.add(field, "invalid_template", field + " is no template: " + e.getMessage());
            }
        }
    }

    private void checkMimeType(String field, String mimeType, ContentType contentType) {
        boolean isMedia = contentType == ContentType.IMAGE || contentType == ContentType.AUDIO;
        if (isMedia && (mimeType == null || mimeType.isBlank())) {
            faults.add(field, "mcp_server_prompt_mimetype_required", field + " is required for an image and for audio");
        }
        checkText(field, mimeType, LONGEST_NAME);
        if (contentType != ContentType.TEXT && mimeType != null && !MediaTypes.isMediaType(mimeType)) {
            faults.add(field, "invalid_field_value", field + " is no media type, such as image/png");
        }
    }

    private void checkName(String field, String name, Set<String> others, String duplicate) {
        if (faults.gather(() -> Text.required(field, name, LONGEST_NAME)) == null) {
            return;
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            faults.add(field, "invalid_field_value", field + " has a control character");
        }
        if (!others.add(name)) {
            faults.add(field, duplicate, field + " is the name of an earlier one too");
        }
    }

    private void checkText(String field, String text, int longest) {
        faults.gather(() -> Text.bounded(field, text, longest));
    }

    private void missing(String field) {
        faults.add(field, "missing_required_field", field + " is required");
    }
}
