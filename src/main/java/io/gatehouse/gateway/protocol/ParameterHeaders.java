package io.gatehouse.gateway.protocol;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.plan.HeaderParameter;

/** Holds the {@code Mcp-Param-*} headers against the arguments that they repeat. */
public final class ParameterHeaders {

    private ParameterHeaders() {
    }

    /** @throws Fault when a header is missing, says something else, or stands for an argument that is not there */
    public static void check(Arrival arrival, List<HeaderParameter> parameters, JsonNode arguments) {
        for (HeaderParameter parameter : parameters) {
            String header = Headers.PARAM + parameter.name();
            String sent = Headers.decoded(arrival, header);
            JsonNode argument = arguments.at(parameter.argument());
            boolean isAbsent = argument.isMissingNode() || argument.isNull();
            if (isAbsent ? sent != null : sent == null || !says(sent, argument, parameter.isInteger())) {
                throw Envelope.mismatch(header);
            }
        }
    }

    private static boolean says(String sent, JsonNode argument, boolean isInteger) {
        if (!isInteger || !argument.isNumber()) {
            return sent.equals(argument.asText());
        }
        try {
            return new BigDecimal(sent).compareTo(argument.decimalValue()) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
