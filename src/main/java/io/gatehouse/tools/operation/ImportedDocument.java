package io.gatehouse.tools.operation;

import java.util.List;
import java.util.Map;

import io.gatehouse.connections.Scheme;

/**
 * What an import keeps of a document.
 *
 * @param baseUrl null when the document names no absolute server
 * @param security by scheme name, the preferred one first
 */
record ImportedDocument(String title, String version, String baseUrl, Map<String, Scheme> security,
        List<ImportedOperation> operations) {
}
