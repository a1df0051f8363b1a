package io.gatehouse.tools.operation;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.HttpOperation;
import io.gatehouse.plan.HttpOperation.Body;
import io.gatehouse.plan.HttpOperation.Parameter;
import io.gatehouse.plan.InputValidator;
import io.gatehouse.plan.MediaTypes;
import io.gatehouse.tools.operation.Document.Found;

/** Reads one operation into what a call of it needs. */
final class OperationReader {

    private static final Pattern SUCCESS = Pattern.compile("2(\\d\\d|XX|xx)");

    private final Document document;
    private final ParameterReader parameters;
    private final BodyReader bodies;

    OperationReader(Document document, Set<String> credentials) {
        this.document = document;
        this.parameters = new ParameterReader(document, credentials);
        this.bodies = new BodyReader(document);
    }

    /** @param name already unique */
    ImportedOperation read(String name, String method, String path, Found pathItem, Found operation) {
        JsonNode node = operation.node();
        String title = text(node, "summary");
        String description = text(node, "description");
        String label = method + " " + path;
        String shown = description != null ? description : title != null ? title : label;
        String own = ServerUrls.first(node);
        String baseUrl = own != null ? own : ServerUrls.first(pathItem.node());
        try {
            if (!node.isObject()) {
                throw new Refusal(operation.place(), "must be an object");
            }
            InputSchema input = new InputSchema(document);
            List<Parameter> read = parameters.read(pathItem, operation, path, input);
            Body body = bodies.read(operation, input);
            String schema = input.toJson();
            InputValidator.compile(schema);
            return new ImportedOperation(name, title, shown, method, path, baseUrl,
                    new HttpOperation(method, path, read, body, wantsCredential(node), answersJson(operation)), schema,
                    null);
        } catch (Refusal e) {
            return new ImportedOperation(name, title, shown, method, path, baseUrl, null, null, e.getMessage());
        } catch (IllegalArgumentException e) {
            return new ImportedOperation(name, title, shown, method, path, baseUrl, null, null,
                    operation.place() + ": its schemas can't be used: " + e.getMessage());
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).isTextual() && !node.path(name).asText().isBlank()
                ? Document.visible(node.path(name).asText().strip())
                : null;
    }

    /** Unless the operation, or the document for it, says outright that none is needed. */
    private boolean wantsCredential(JsonNode operation) {
        JsonNode security = operation.has("security")
                ? operation.path("security")
                : document.root().path("security");
        return security.isMissingNode() || !security.isEmpty();
    }

    /** Whether a success is declared to be JSON; the default answer counts as one where it is the only one. */
    private boolean answersJson(Found operation) {
        JsonNode responses = operation.node().path("responses");
        String place = Document.below(operation.place(), "responses");
        return responses.properties().stream()
                .filter(response -> SUCCESS.matcher(response.getKey()).matches()
                        || response.getKey().equals("default") && responses.size() == 1)
                .map(response -> document.follow(response.getValue(), Document.below(place, response.getKey())))
                .flatMap(response -> response.node().path("content").properties().stream())
                .anyMatch(media -> MediaTypes.isJson(media.getKey()));
    }
}
