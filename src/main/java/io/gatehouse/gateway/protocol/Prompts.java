package io.gatehouse.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.Prompt;
import io.gatehouse.kernel.Problem;

/**
 * {@code prompts/get}, and {@code completion/complete} for the arguments of prompts. The eras agree on both, but for what
 * stands beside the result's own.
 */
final class Prompts {

    /** Of one completion (2025-11-25 and 2026-07-28, Completion). */
    private static final int MOST_VALUES = 100;

    private Prompts() {
    }

    /**
     * @param fields what stands beside the messages: members of an object, each after a comma
     * @throws Fault for a prompt that is not there and for parameters that do not fit it
     */
    static byte[] get(Turn turn, String fields) {
        Published server = turn.known().located().server();
        JsonNode params = turn.message().params();
        Prompt prompt = named(server, params.path("name"));
        JsonNode arguments = params.path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            throw Fault.inBand("arguments must be an object");
        }
        return PromptResult.write(server.plan().handle(), prompt.plan(), inBand(() -> prompt.render(arguments)), fields);
    }

    private static Prompt named(Published server, JsonNode name) {
        Prompt prompt = name.isTextual() ? server.prompt(name.asText()) : null;
        if (prompt == null) {
            throw Fault.inBand("Unknown prompt: " + name.asText());
        }
        return prompt;
    }

    private static <T> T inBand(Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem problem) {
            throw Fault.inBand(problem.getMessage());
        }
    }

    /**
     * @param fields what stands beside the completion: members of an object, each after a comma
     * @throws Fault for an argument that is not there
     */
    static byte[] complete(Turn turn, String fields) {
        JsonNode params = turn.message().params();
        if (!params.at("/ref/type").asText().equals("ref/prompt")) {
            throw Fault.inBand("Only arguments of prompts can be completed: ref.type must be ref/prompt");
        }
        Prompt prompt = named(turn.known().located().server(), params.at("/ref/name"));
        JsonNode argument = params.path("argument");
        if (!argument.path("name").isTextual() || !argument.path("value").isTextual()) {
            throw Fault.inBand("argument must have a name and a value, both strings");
        }
        List<String> found = inBand(
                () -> prompt.suggestions(argument.path("name").textValue(), argument.path("value").textValue()));
        ObjectNode completion = JsonNodeFactory.instance.objectNode();
        ArrayNode values = completion.putArray("values");
        found.stream().limit(MOST_VALUES).forEach(values::add);
        completion.put("total", found.size()).put("hasMore", found.size() > MOST_VALUES);
        return ("{\"completion\":" + completion + fields + "}").getBytes(StandardCharsets.UTF_8);
    }
}
