package io.gatehouse.tools.operation;

import java.util.List;

/** What became of a document: the collection, and every operation of it as an endpoint, in the document's order. */
public record ImportReport(ApiCollection collection, List<Endpoint> endpoints) {
}
