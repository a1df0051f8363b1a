package io.gatehouse.api.documents;

import java.util.Map;
import java.util.function.BiPredicate;

import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;

/** Cuts one document from all that the code declares. */
abstract class PublishedDocument {

    private final String title;
    private final String description;
    private final BiPredicate<String, Operation> belongs;

    /** @param belongs whether an operation at a path is part of the document */
    PublishedDocument(String title, String description, BiPredicate<String, Operation> belongs) {
        this.title = title;
        this.description = description;
        this.belongs = belongs;
    }

    public void filterOpenAPI(OpenAPI document) {
        document.getInfo().title(title).description(description);
        Map.copyOf(document.getPaths().getPathItems()).forEach((path, item) -> {
            Map.copyOf(item.getOperations()).forEach((method, operation) -> {
                if (!belongs.test(path, operation)) {
                    item.setOperation(method, null);
                }
            });
            if (item.getOperations().isEmpty()) {
                document.getPaths().removePathItem(path);
            }
        });
        CommonFailures.add(document);
        UnusedParts.remove(document);
    }

}
