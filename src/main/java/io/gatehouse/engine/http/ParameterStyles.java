package io.gatehouse.engine.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.HttpOperation.Parameter;
import io.gatehouse.plan.HttpOperation.Style;

/** Writes the values of parameters in the styles of OpenAPI 3.1 (section 4.8.12, after RFC 6570). */
final class ParameterStyles {

    private ParameterStyles() {
    }

    /** One segment, or a part of one, of a path. */
    static String path(Parameter parameter, JsonNode value) {
        String written = switch (parameter.style()) {
            case LABEL -> "." + joined(value, parameter.explode() ? "." : ",", parameter.explode(), Percent::encode);
            case MATRIX -> matrix(parameter, value);
            case JSON -> Percent.encode(value.toString());
            default -> joined(value, ",", parameter.explode(), Percent::encode);
        };
        if (written.isEmpty() || written.equals(".") || written.equals("..")) {
            throw new BadArgument(parameter.argument(), "a path needs something else than \"" + written + "\" here");
        }
        return written;
    }

    private static String matrix(Parameter parameter, JsonNode value) {
        String name = Percent.encode(parameter.name());
        if (parameter.explode() && value.isObject()) {
            return ";" + joined(value, ";", true, Percent::encode);
        }
        if (parameter.explode() && value.isArray()) {
            return ";" + name + "=" + joined(value, ";" + name + "=", true, Percent::encode);
        }
        return ";" + name + "=" + joined(value, ",", false, Percent::encode);
    }

    /** The pairs of a query or of an URL-encoded form. */
    static List<String> pairs(Parameter parameter, JsonNode value) {
        UnaryOperator<String> encode = parameter.allowReserved() ? Percent::encodeKeepingReserved : Percent::encode;
        String name = Percent.encode(parameter.name());
        List<String> pairs = new ArrayList<>();
        if (parameter.style() == Style.JSON) {
            pairs.add(name + "=" + encode.apply(value.toString()));
        } else if (parameter.style() == Style.DEEP_OBJECT) {
            deep(name, value, encode, pairs);
        } else if (parameter.explode() && value.isArray()) {
            value.forEach(element -> pairs.add(name + "=" + encode.apply(text(element))));
        } else if (parameter.explode() && value.isObject()) {
            value.properties().forEach(
                    entry -> pairs.add(Percent.encode(entry.getKey()) + "=" + encode.apply(text(entry.getValue()))));
        } else if (!value.isContainerNode() || !value.isEmpty()) {
            pairs.add(name + "=" + joined(value, separator(parameter.style()), false, encode));
        }
        return pairs;
    }

    private static String separator(Style style) {
        return switch (style) {
            case SPACE_DELIMITED -> "%20";
            case PIPE_DELIMITED -> "%7C";
            default -> ",";
        };
    }

    private static void deep(String name, JsonNode value, UnaryOperator<String> encode, List<String> pairs) {
        if (value.isObject()) {
            value.properties().forEach(entry -> deep(name + "%5B" + Percent.encode(entry.getKey()) + "%5D",
                    entry.getValue(), encode, pairs));
        } else if (value.isArray()) {
            value.forEach(element -> deep(name, element, encode, pairs));
        } else {
            pairs.add(name + "=" + encode.apply(text(value)));
        }
    }

    /** A header's value, which is not percent-encoded. */
    static String header(Parameter parameter, JsonNode value) {
        String written = parameter.style() == Style.JSON
                ? value.toString()
                : joined(value, ",", parameter.explode(), UnaryOperator.identity());
        if (written.chars().anyMatch(c -> c < ' ' && c != '\t' || c > '~')) {
            throw new BadArgument(parameter.argument(), "a header takes visible ASCII characters only");
        }
        return written;
    }

    private static String joined(JsonNode value, String separator, boolean explode, UnaryOperator<String> encode) {
        List<String> parts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> parts.add(encode.apply(text(element))));
        } else if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                String key = encode.apply(entry.getKey());
                String written = encode.apply(text(entry.getValue()));
                if (explode) {
                    parts.add(key + "=" + written);
                } else {
                    parts.add(key);
                    parts.add(written);
                }
            }
        } else {
            parts.add(encode.apply(text(value)));
        }
        return String.join(separator, parts);
    }

    /** A value where only a text can stand; what is nested deeper than the styles know is written as JSON. */
    static String text(JsonNode value) {
        if (value.isContainerNode()) {
            return value.toString();
        }
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.isNull() ? "" : value.asText();
    }
}
