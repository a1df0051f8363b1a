package io.gatehouse.tools.operation;

import io.gatehouse.plan.HttpOperation;

/**
 * One operation of a document.
 *
 * @param name unique in its document
 * @param baseUrl only where the operation or its path has servers of its own
 * @param operation null for one that can't become a tool
 * @param inputSchema JSON Schema 2020-12 as text; null for one that can't become a tool
 * @param refusal why it can't become a tool, or null
 */
record ImportedOperation(String name, String title, String description, String method, String path, String baseUrl,
        HttpOperation operation, String inputSchema, String refusal) {
}
