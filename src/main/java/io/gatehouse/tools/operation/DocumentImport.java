package io.gatehouse.tools.operation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.connections.Scheme;
import io.gatehouse.tools.operation.Document.Found;

/** Turns the text of an OpenAPI document into its operations. Pure computing; takes seconds for the largest documents. */
final class DocumentImport {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch",
            "trace");

    private final Document document;
    private final OperationReader reader;
    private final Map<String, Scheme> security;
    private final Set<String> names = new HashSet<>();
    private final List<ImportedOperation> operations = new ArrayList<>();

    private DocumentImport(Document document) {
        this.document = document;
        this.security = SecuritySchemes.read(document);
        this.reader = new OperationReader(document, SecuritySchemes.parameters(security));
    }

    /**
     * @param format {@code json}, {@code yaml}, or null to tell by the text
     * @throws io.gatehouse.kernel.Problem INVALID, naming the place, when this is no OpenAPI 3.0 or 3.1 document
     */
    static ImportedDocument read(String content, String format) {
        DocumentImport reading = new DocumentImport(new Document(DocumentReader.read(content, format)));
        reading.readPaths();
        JsonNode root = reading.document.root();
        return new ImportedDocument(Document.visible(root.path("info").path("title").asText("")),
                Document.visible(root.path("info").path("version").asText("")), ServerUrls.first(root), reading.security,
                reading.operations);
    }

    private void readPaths() {
        document.root().path("paths").properties().stream().filter(path -> !path.getKey().startsWith("x-"))
                .forEach(path -> readPath(path.getKey(), path.getValue()));
    }

    private void readPath(String path, JsonNode node) {
        String place = Document.below("/paths", path);
        Document.require(node.isObject(), place, "must be an object");
        Document.require(path.startsWith("/"), place, "a path starts with a slash");
        Document.require(path.chars().allMatch(c -> c > ' '), place, "a path has no blanks and control characters");
        Found pathItem;
        try {
            pathItem = document.follow(node, place);
        } catch (Refusal e) {
            operations.add(new ImportedOperation(name("", "path", path), null, path, "*", path, null, null, null,
                    e.getMessage()));
            return;
        }
        for (String method : METHODS) {
            JsonNode operation = pathItem.node().get(method);
            if (operation != null) {
                String upper = method.toUpperCase(Locale.ROOT);
                operations.add(reader.read(name(operation.path("operationId").asText(""), method, path), upper, path,
                        pathItem, new Found(operation, Document.below(pathItem.place(), method))));
            }
        }
    }

    private String name(String operationId, String method, String path) {
        String otherwise = Names.slug(method + "_" + path, method);
        String name = Names.unique(Names.slug(operationId, otherwise), names::contains);
        names.add(name);
        return name;
    }
}
