package io.gatehouse.api.celigo;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A thing that depends on another. */
@Schema(name = "DependencyEntry", description = "A resource that depends on the one that is asked about")
public record CeligoDependency(@Schema(required = true) String id, @Schema(required = true) String name,
        @Schema(required = true, description = "Where in the resource the dependency is") List<String> paths,
        @Schema(required = true, description = "What the caller may do with the resource: manage or monitor") String accessLevel,
        @Schema(required = true, description = "What it depends on, by type") Map<String, List<String>> dependencyIds) {

    /** Dependent things by their type; in documents of the API. */
    @Schema(name = "DependencyResponse", description = "What depends on a resource, by type")
    interface ByType extends Map<String, List<CeligoDependency>> {
    }
}
