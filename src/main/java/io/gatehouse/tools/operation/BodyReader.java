package io.gatehouse.tools.operation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.HttpOperation.Body;
import io.gatehouse.plan.HttpOperation.Encoding;
import io.gatehouse.plan.HttpOperation.Part;
import io.gatehouse.plan.HttpOperation.Style;
import io.gatehouse.plan.MediaTypes;
import io.gatehouse.tools.operation.Document.Found;

/** Reads the request body of an operation; of several media types the one that carries arguments best. */
final class BodyReader {

    private final Document document;

    BodyReader(Document document) {
        this.document = document;
    }

    /** @return null when the operation takes no body */
    Body read(Found operation, InputSchema input) {
        if (!operation.node().has("requestBody")) {
            return null;
        }
        Found body = document.follow(operation.node().get("requestBody"),
                Document.below(operation.place(), "requestBody"));
        JsonNode content = body.node().path("content");
        String contentPlace = Document.below(body.place(), "content");
        if (!content.isObject()) {
            throw new Refusal(contentPlace, "a request body needs its content by media type");
        }
        if (content.isEmpty()) {
            return null;
        }
        String mediaType = preferred(content);
        if (!MediaTypes.isMediaType(mediaType)) {
            throw new Refusal(contentPlace, "\"" + mediaType + "\" is no media type");
        }
        Found media = new Found(content.get(mediaType), Document.below(contentPlace, mediaType));
        Encoding encoding = encoding(mediaType);
        JsonNode schema = schema(media, mediaType, encoding, input);
        if (schema instanceof ObjectNode object && !object.has("description")
                && body.node().path("description").isTextual()) {
            object.set("description", body.node().get("description"));
        }
        String argument = input.add("body", "request_body", schema, body.node().path("required").asBoolean());
        boolean hasParts = encoding == Encoding.FORM || encoding == Encoding.MULTIPART;
        return new Body(argument, mediaType.contains("*") ? "application/json" : mediaType, encoding,
                hasParts ? parts(media) : List.of());
    }

    private static String preferred(JsonNode content) {
        String best = null;
        for (Map.Entry<String, JsonNode> entry : content.properties()) {
            if (best == null || encoding(entry.getKey()).ordinal() < encoding(best).ordinal()) {
                best = entry.getKey();
            }
        }
        return best;
    }

    /** The order of {@link Encoding} is the order of preference. */
    private static Encoding encoding(String mediaType) {
        String essence = MediaTypes.essence(mediaType);
        if (MediaTypes.isJson(mediaType) || essence.equals("*/*") || essence.equals("application/*")) {
            return Encoding.JSON;
        }
        if (essence.equals("application/x-www-form-urlencoded")) {
            return Encoding.FORM;
        }
        if (essence.startsWith("multipart/")) {
            return Encoding.MULTIPART;
        }
        return MediaTypes.isText(mediaType) ? Encoding.TEXT : Encoding.BASE64;
    }

    private static JsonNode schema(Found media, String mediaType, Encoding encoding, InputSchema input) {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        return switch (encoding) {
            case TEXT -> plain.put("type", "string").put("description", "The whole body as text, " + mediaType);
            case BASE64 -> plain.put("type", "string").put("contentEncoding", "base64")
                    .put("description", "The whole body in Base64, sent as " + mediaType);
            case FORM, MULTIPART, JSON -> media.node().has("schema")
                    ? input.write(media.node().get("schema"), Document.below(media.place(), "schema"))
                    : plain;
        };
    }

    private List<Part> parts(Found media) {
        Map<String, Found> properties = new LinkedHashMap<>();
        if (media.node().has("schema")) {
            gather(new Found(media.node().get("schema"), Document.below(media.place(), "schema")), properties,
                    new HashSet<>());
        }
        List<Part> parts = new ArrayList<>();
        properties.forEach((name, property) -> {
            JsonNode encoding = media.node().path("encoding").path(name);
            Style style = ParameterReader.named(encoding.path("style").asText(""));
            String mediaType = encoding.path("contentType").asText("").split(",")[0].strip();
            parts.add(new Part(name, style == null ? Style.FORM : style,
                    encoding.path("explode").asBoolean(style == null || style == Style.FORM),
                    MediaTypes.isMediaType(mediaType) ? mediaType : null, isBinary(property)));
        });
        return parts;
    }

    private void gather(Found schema, Map<String, Found> properties, Set<String> seen) {
        Found found = document.follow(schema.node(), schema.place());
        if (!seen.add(found.place())) {
            return;
        }
        String place = Document.below(found.place(), "properties");
        found.node().path("properties").properties().forEach(entry -> properties.put(entry.getKey(),
                new Found(entry.getValue(), Document.below(place, entry.getKey()))));
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            String list = Document.below(found.place(), keyword);
            for (int i = 0; i < found.node().path(keyword).size(); i++) {
                gather(new Found(found.node().get(keyword).get(i), list + '/' + i), properties, seen);
            }
        }
    }

    /** A file, or a list of files. */
    private boolean isBinary(Found property) {
        Found found = document.follow(property.node(), property.place());
        boolean isList = found.node().path("type").asText().equals("array") && found.node().has("items");
        return isFile(isList
                ? document.follow(found.node().get("items"), Document.below(found.place(), "items")).node()
                : found.node());
    }

    /** By the words of OpenAPI 3.0 ({@code format: binary}) or 3.1 ({@code contentMediaType}). */
    private static boolean isFile(JsonNode schema) {
        String mediaType = schema.path("contentMediaType").asText();
        return schema.path("format").asText().equals("binary")
                || !mediaType.isEmpty() && !MediaTypes.isJson(mediaType) && !MediaTypes.isText(mediaType);
    }
}
