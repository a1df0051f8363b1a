package io.gatehouse.gateway.protocol;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.call.Prompt;
import io.gatehouse.kernel.Problem;

/** {@code prompts/get}, on which the eras agree but for what stands beside the messages. */
final class Prompts {

    private Prompts() {
    }

    /**
     * @param fields what stands beside the messages: members of an object, each after a comma
     * @throws Fault for a prompt that is not there and for parameters that do not fit it
     */
    static byte[] get(Turn turn, String fields) {
        Published server = turn.known().located().server();
        JsonNode params = turn.message().params();
        JsonNode name = params.path("name");
        Prompt prompt = name.isTextual() ? server.prompt(name.asText()) : null;
        if (prompt == null) {
            throw Fault.inBand("Unknown prompt: " + name.asText());
        }
        JsonNode arguments = params.path("arguments");
        if (!arguments.isMissingNode() && !arguments.isObject()) {
            throw Fault.inBand("arguments must be an object");
        }
        return PromptResult.write(server.plan().handle(), prompt.plan(), contents(prompt, arguments), fields);
    }

    private static List<String> contents(Prompt prompt, JsonNode arguments) {
        try {
            return prompt.render(arguments);
        } catch (Problem problem) {
            throw Fault.inBand(problem.getMessage());
        }
    }
}
