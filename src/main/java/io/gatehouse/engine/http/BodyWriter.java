package io.gatehouse.engine.http;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.HttpOperation.Body;
import io.gatehouse.plan.HttpOperation.Encoding;
import io.gatehouse.plan.HttpOperation.In;
import io.gatehouse.plan.HttpOperation.Parameter;
import io.gatehouse.plan.HttpOperation.Part;
import io.gatehouse.plan.HttpOperation.Style;
import io.vertx.core.buffer.Buffer;

/** Writes the body of a request. */
final class BodyWriter {

    private static final int BOUNDARY_BYTES = 16;

    private BodyWriter() {
    }

    /** A body with its Content-Type. */
    record Written(String contentType, Buffer bytes) {
    }

    static Written write(Body body, JsonNode value) {
        boolean hasParts = body.encoding() == Encoding.FORM || body.encoding() == Encoding.MULTIPART;
        if (hasParts && !value.isObject()) {
            throw new BadArgument(body.argument(), "a form needs an object");
        }
        return switch (body.encoding()) {
            case JSON -> new Written(body.mediaType(), Buffer.buffer(value.toString()));
            case TEXT -> new Written(body.mediaType(), Buffer.buffer(ParameterStyles.text(value)));
            case BASE64 -> new Written(body.mediaType(), base64(body.argument(), value));
            case FORM -> new Written(body.mediaType(), form(body, value));
            case MULTIPART -> multipart(body, value);
        };
    }

    private static Buffer base64(String argument, JsonNode value) {
        try {
            return Buffer.buffer(Base64.getDecoder().decode(value.asText().replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw new BadArgument(argument, "is not Base64");
        }
    }

    private static Map<String, Part> parts(Body body) {
        return body.parts().stream().collect(Collectors.toMap(Part::name, Function.identity()));
    }

    private static Buffer form(Body body, JsonNode value) {
        Map<String, Part> parts = parts(body);
        List<String> pairs = new ArrayList<>();
        value.properties().forEach(entry -> {
            Part part = parts.get(entry.getKey());
            Style style = part == null ? Style.FORM : part.style();
            pairs.addAll(ParameterStyles.pairs(new Parameter(entry.getKey(), body.argument(), In.QUERY, style,
                    part == null || part.explode(), false), entry.getValue()));
        });
        return Buffer.buffer(String.join("&", pairs));
    }

    /** RFC 7578; an array becomes one part per element. */
    private static Written multipart(Body body, JsonNode value) {
        byte[] random = new byte[BOUNDARY_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        String boundary = "gatehouse-" + HexFormat.of().formatHex(random);
        Map<String, Part> parts = parts(body);
        Buffer bytes = Buffer.buffer();
        value.properties().forEach(entry -> {
            Part part = parts.getOrDefault(entry.getKey(), new Part(entry.getKey(), Style.FORM, true, null, false));
            boolean isList = entry.getValue().isArray() && part.mediaType() == null;
            for (JsonNode element : isList ? entry.getValue() : List.of(entry.getValue())) {
                part(boundary, part, element, body.argument() + "/" + entry.getKey(), bytes);
            }
        });
        bytes.appendString("--" + boundary + "--\r\n");
        return new Written(body.mediaType() + "; boundary=" + boundary, bytes);
    }

    private static void part(String boundary, Part part, JsonNode value, String argument, Buffer bytes) {
        String name = part.name().replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
        bytes.appendString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"");
        if (part.binary()) {
            bytes.appendString("; filename=\"" + name + "\"");
        }
        bytes.appendString("\r\nContent-Type: " + mediaType(part, value) + "\r\n\r\n");
        bytes.appendBuffer(part.binary() ? base64(argument, value) : Buffer.buffer(ParameterStyles.text(value)));
        bytes.appendString("\r\n");
    }

    /** OpenAPI 3.1, section 4.8.15.1.1. */
    private static String mediaType(Part part, JsonNode value) {
        if (part.mediaType() != null && !part.mediaType().contains("*")) {
            return part.mediaType();
        }
        if (part.binary()) {
            return "application/octet-stream";
        }
        return value.isContainerNode() ? "application/json" : "text/plain; charset=utf-8";
    }
}
