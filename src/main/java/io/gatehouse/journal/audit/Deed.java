package io.gatehouse.journal.audit;

import java.util.Map;

/**
 * One change to one thing.
 *
 * @param action the type of thing and a verb, such as {@code mcp_server.renamed}
 * @param resourceId as the domain knows it, stable for the life of the thing
 * @param before the fields as they were, empty for a thing just made; values of JSON's own types, secrets as
 *        {@link Secret}s
 * @param after the fields as they are, empty for a thing that is gone
 */
public record Deed(String action, String resourceType, String resourceId, String resourceName, Map<String, ?> before,
        Map<String, ?> after) {

    /** @param verb such as {@code created} */
    public static Deed of(String resourceType, String verb, Object resourceId, String resourceName,
            Map<String, ?> before, Map<String, ?> after) {
        return new Deed(resourceType + "." + verb, resourceType, resourceId.toString(), resourceName, before, after);
    }
}
