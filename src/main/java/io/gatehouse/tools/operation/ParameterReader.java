package io.gatehouse.tools.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Text;
import io.gatehouse.plan.HttpOperation.In;
import io.gatehouse.plan.HttpOperation.Parameter;
import io.gatehouse.plan.HttpOperation.Style;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.tools.operation.Document.Found;

/** Reads the parameters of an operation and of the path that it stands under. */
final class ParameterReader {

    /** OpenAPI 3.1, section 4.8.12.2.1: these are described elsewhere, so such parameters are ignored. */
    private static final Set<String> IGNORED_HEADERS = Set.of("accept", "content-type", "authorization");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    private final Document document;
    private final Set<String> credentials;

    /** @param credentials the parameters that a connection fills in, as {@code in:name} */
    ParameterReader(Document document, Set<String> credentials) {
        this.document = document;
        this.credentials = credentials;
    }

    /** The operation's parameters take the place of the path's with the same name and location. */
    List<Parameter> read(Found pathItem, Found operation, String path, InputSchema input) {
        Map<String, Found> found = new LinkedHashMap<>();
        collect(pathItem, found);
        collect(operation, found);
        List<Parameter> parameters = new ArrayList<>();
        found.values().forEach(parameter -> add(parameter, input, parameters));
        Matcher placeholders = PLACEHOLDER.matcher(path);
        while (placeholders.find()) {
            String name = placeholders.group(1);
            if (!found.containsKey("path:" + name)) {
                throw new Refusal(operation.place(), "the path names {" + name + "}, but there is no such parameter");
            }
        }
        return parameters;
    }

    private void collect(Found owner, Map<String, Found> found) {
        JsonNode list = owner.node().path("parameters");
        String place = Document.below(owner.place(), "parameters");
        if (!list.isMissingNode() && !list.isArray()) {
            throw new Refusal(place, "must be an array");
        }
        for (int i = 0; i < list.size(); i++) {
            Found parameter = document.follow(list.get(i), place + '/' + i);
            String name = parameter.node().path("name").asText("");
            String in = parameter.node().path("in").asText("");
            if (name.isEmpty() || in.isEmpty()) {
                throw new Refusal(parameter.place(), "a parameter needs a name and where it is \"in\"");
            }
            found.put(in + ":" + name, parameter);
        }
    }

    private void add(Found found, InputSchema input, List<Parameter> parameters) {
        JsonNode node = found.node();
        String name = node.path("name").asText();
        In in = in(found);
        boolean isHeader = in == In.HEADER;
        String lower = name.toLowerCase(Locale.ROOT);
        if (isHeader && IGNORED_HEADERS.contains(lower)
                || credentials.contains(key(node.path("in").asText(), name))) {
            return;
        }
        if (isHeader && OutboundRequest.RESERVED_HEADERS.contains(lower)
                || (isHeader || in == In.COOKIE) && !Text.isToken(name)) {
            throw new Refusal(found.place(), "\"" + name + "\" can't be sent as a " + in.name().toLowerCase());
        }
        JsonNode content = node.path("content");
        boolean isContent = content.isObject() && !content.isEmpty();
        Style style = isContent ? Style.JSON : style(found, in);
        String argument = input.add(name, name + "_" + in.name().toLowerCase(Locale.ROOT), schema(found, input),
                in == In.PATH || node.path("required").asBoolean());
        parameters.add(new Parameter(name, argument, in, style,
                node.path("explode").asBoolean(style == Style.FORM || style == Style.DEEP_OBJECT),
                in == In.QUERY && node.path("allowReserved").asBoolean()));
    }

    static String key(String in, String name) {
        return in + ":" + (in.equals("header") ? name.toLowerCase(Locale.ROOT) : name);
    }

    private JsonNode schema(Found found, InputSchema input) {
        JsonNode node = found.node();
        JsonNode content = node.path("content");
        JsonNode schema;
        if (content.isObject() && !content.isEmpty()) {
            String mediaType = content.fieldNames().next();
            String place = Document.below(Document.below(found.place(), "content"), mediaType);
            JsonNode declared = content.path(mediaType).path("schema");
            schema = declared.isMissingNode()
                    ? JsonNodeFactory.instance.objectNode()
                    : input.write(declared, Document.below(place, "schema"));
        } else if (node.has("schema")) {
            schema = input.write(node.get("schema"), Document.below(found.place(), "schema"));
        } else {
            schema = JsonNodeFactory.instance.objectNode().put("type", "string");
        }
        if (schema instanceof ObjectNode object && node.path("description").isTextual()) {
            object.set("description", node.get("description"));
        }
        return schema;
    }

    private static In in(Found found) {
        String in = found.node().path("in").asText();
        try {
            return In.valueOf(in.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Document.below(found.place(), "in"), "\"" + in + "\" is no place for a parameter");
        }
    }

    private static Style style(Found found, In in) {
        String style = found.node().path("style").asText("");
        Style byDefault = in == In.QUERY || in == In.COOKIE ? Style.FORM : Style.SIMPLE;
        Style read = style.isEmpty() ? byDefault : named(style);
        boolean fits = switch (in) {
            case PATH -> read == Style.SIMPLE || read == Style.LABEL || read == Style.MATRIX;
            case HEADER -> read == Style.SIMPLE;
            case COOKIE -> read == Style.FORM;
            case QUERY -> read == Style.FORM || read == Style.SPACE_DELIMITED || read == Style.PIPE_DELIMITED
                    || read == Style.DEEP_OBJECT;
        };
        if (!fits) {
            throw new Refusal(Document.below(found.place(), "style"),
                    "\"" + style + "\" is no style of a " + in.name().toLowerCase(Locale.ROOT) + " parameter");
        }
        return read;
    }

    /** The style with this name in OpenAPI, or null. */
    static Style named(String style) {
        return switch (style) {
            case "simple" -> Style.SIMPLE;
            case "label" -> Style.LABEL;
            case "matrix" -> Style.MATRIX;
            case "form" -> Style.FORM;
            case "spaceDelimited" -> Style.SPACE_DELIMITED;
            case "pipeDelimited" -> Style.PIPE_DELIMITED;
            case "deepObject" -> Style.DEEP_OBJECT;
            default -> null;
        };
    }
}
