package io.gatehouse.tools.operation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.kernel.Problem;

/** An OpenAPI document as a tree, whose references are followed inside it only. */
final class Document {

    private final JsonNode root;
    private final boolean isVersion30;

    /** @throws Problem INVALID, naming the place, when this is no OpenAPI 3.0 or 3.1 document */
    Document(JsonNode root) {
        this.root = root;
        require(root.isObject(), "", "an OpenAPI document is an object");
        require(root.path("swagger").isMissingNode(), "/swagger",
                "OpenAPI 2.0 (Swagger) is not read; convert the document to 3.0 or 3.1 first");
        String version = root.path("openapi").asText("");
        require(version.matches("3\\.[01](\\.\\d+.*)?"), "/openapi",
                "OpenAPI 3.0 and 3.1 are read, not " + (version.isEmpty() ? "a document without a version" : version));
        this.isVersion30 = version.startsWith("3.0");
        for (String part : new String[] { "info", "components", "paths" }) {
            require(root.path(part).isMissingNode() || root.path(part).isObject(), "/" + part, "must be an object");
        }
        require(isVersion30 ? root.has("paths") : root.has("paths") || root.has("components") || root.has("webhooks"),
                "/paths", "is missing");
    }

    static void require(boolean holds, String place, String why) {
        if (!holds) {
            throw Problem.invalidField("openapi_spec.content", "invalid_document",
                    "openapi_spec.content: " + (place.isEmpty() ? "the document" : place) + ": " + why);
        }
    }

    JsonNode root() {
        return root;
    }

    /** 3.0 has a schema dialect of its own ({@code nullable}, boolean {@code exclusiveMinimum}). */
    boolean isVersion30() {
        return isVersion30;
    }

    /** A node with the place it really stands at. */
    record Found(JsonNode node, String place) {
    }

    /**
     * Follows {@code $ref} until something else is found.
     *
     * @throws Refusal when it leads out of the document, nowhere, or in a circle
     */
    Found follow(JsonNode node, String place) {
        Set<String> seen = new HashSet<>();
        Found found = new Found(node, place);
        while (found.node().path("$ref").isTextual()) {
            String reference = found.node().path("$ref").asText();
            if (!seen.add(reference)) {
                throw new Refusal(found.place(), "the reference " + reference + " leads in a circle");
            }
            found = resolve(reference, found.place());
        }
        return found;
    }

    /** @throws Refusal when the reference leads out of the document or nowhere */
    Found resolve(String reference, String place) {
        if (!reference.startsWith("#/")) {
            throw new Refusal(place, "the reference " + reference
                    + " does not point into this document, and nothing is fetched");
        }
        String pointer;
        JsonNode target;
        try {
            pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            target = root.at(JsonPointer.compile(pointer));
        } catch (IllegalArgumentException e) {
            throw new Refusal(place, "the reference " + reference + " is malformed");
        }
        if (target.isMissingNode()) {
            throw new Refusal(place, "the reference " + reference + " leads nowhere");
        }
        return new Found(target, pointer);
    }

    /** The text without the one character that no database and no terminal takes. */
    static String visible(String text) {
        return text.replace('\u0000', '\ufffd');
    }

    /** One step further in a JSON Pointer. */
    static String below(String place, String key) {
        return place + '/' + key.replace("~", "~0").replace("/", "~1");
    }
}
