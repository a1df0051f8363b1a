package io.gatehouse.api.workato;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import io.gatehouse.connections.Scheme;
import io.gatehouse.kernel.Problem;
import io.gatehouse.tools.operation.ApiCollection;
import io.gatehouse.tools.operation.Endpoint;
import io.gatehouse.tools.operation.ImportReport;
import io.gatehouse.tools.operation.NewApiCollection;

/** Between the collections of the domain and those of this dialect. */
final class WorkatoCollectionMapper {

    private WorkatoCollectionMapper() {
    }

    static NewApiCollection draft(WorkatoCollection.Input input) {
        WorkatoCollection.Input body = WorkatoInput.body(input);
        if (body.openapiSpec() == null || body.openapiSpec().content() == null) {
            throw Problem.invalidField("openapi_spec.content", "missing_required_field",
                    "openapi_spec.content is required");
        }
        return new NewApiCollection(body.name(), WorkatoInput.required("project_id", body.projectId()),
                body.openapiSpec().content(), body.openapiSpec().format(), body.connectionId());
    }

    static WorkatoCollection wire(ApiCollection collection) {
        return wire(collection, null);
    }

    static WorkatoCollection wire(ImportReport report) {
        List<Endpoint> endpoints = report.endpoints();
        return wire(report.collection(), new WorkatoCollection.Report(endpoints.size(),
                operations(endpoints, endpoint -> endpoint.refusal() == null),
                operations(endpoints, endpoint -> endpoint.refusal() != null)));
    }

    private static List<WorkatoCollection.Operation> operations(List<Endpoint> endpoints, Predicate<Endpoint> which) {
        return endpoints.stream().filter(which).map(endpoint -> new WorkatoCollection.Operation(endpoint.id(),
                endpoint.name(), endpoint.method(), endpoint.path(), endpoint.refusal())).toList();
    }

    private static WorkatoCollection wire(ApiCollection collection, WorkatoCollection.Report report) {
        return new WorkatoCollection(collection.id(), collection.name(), collection.projectId(),
                collection.documentVersion(), collection.baseUrl(), collection.connectionId(),
                collection.security().entrySet().stream().map(e -> wire(e.getKey(), e.getValue())).toList(),
                collection.createdAt(), collection.updatedAt(), report);
    }

    private static WorkatoCollection.SecurityScheme wire(String id, Scheme scheme) {
        return new WorkatoCollection.SecurityScheme(id, scheme.kind().name().toLowerCase(Locale.ROOT),
                scheme.place() == null ? null : scheme.place().name().toLowerCase(Locale.ROOT), scheme.parameter());
    }
}
