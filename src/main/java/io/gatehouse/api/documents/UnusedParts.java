package io.gatehouse.api.documents;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/** Removes the schemas and tags that no operation of a document needs. */
final class UnusedParts {

    private static final String SCHEMAS = "#/components/schemas/";

    private final Components components;
    private final Set<String> used = new HashSet<>();
    private final Deque<Schema> open = new ArrayDeque<>();

    private UnusedParts(Components components) {
        this.components = components;
    }

    static void remove(OpenAPI document) {
        UnusedParts parts = new UnusedParts(document.getComponents());
        List<Operation> operations = document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream()).toList();
        operations.forEach(parts::open);
        parts.follow();
        Set.copyOf(document.getComponents().getSchemas().keySet()).stream().filter(name -> !parts.used.contains(name))
                .forEach(document.getComponents()::removeSchema);
        Set<String> tags = new LinkedHashSet<>();
        operations.forEach(operation -> tags.addAll(operation.getTags() == null ? List.of() : operation.getTags()));
        List<Tag> kept = document.getTags() == null ? List.of()
                : document.getTags().stream().filter(tag -> tags.contains(tag.getName())).toList();
        document.setTags(kept);
    }

    private void open(Operation operation) {
        if (operation.getRequestBody() != null) {
            open(operation.getRequestBody().getContent());
        }
        operation.getResponses().getAPIResponses().values().stream().map(this::resolved)
                .forEach(response -> open(response.getContent()));
    }

    private APIResponse resolved(APIResponse response) {
        return response.getRef() == null ? response
                : components.getResponses().get(response.getRef().substring(response.getRef().lastIndexOf('/') + 1));
    }

    private void open(Content content) {
        if (content != null) {
            content.getMediaTypes().values().forEach(media -> add(media.getSchema()));
        }
    }

    private void add(Schema schema) {
        if (schema != null) {
            open.add(schema);
        }
    }

    private void follow() {
        while (!open.isEmpty()) {
            Schema schema = open.remove();
            if (schema.getRef() != null && schema.getRef().startsWith(SCHEMAS)) {
                String name = schema.getRef().substring(SCHEMAS.length());
                if (used.add(name)) {
                    add(components.getSchemas().get(name));
                }
            }
            Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf()).filter(Objects::nonNull)
                    .flatMap(Collection::stream).forEach(this::add);
            Map<String, Schema> properties = schema.getProperties();
            if (properties != null) {
                properties.values().forEach(this::add);
            }
            add(schema.getItems());
            add(schema.getAdditionalPropertiesSchema());
        }
    }
}
