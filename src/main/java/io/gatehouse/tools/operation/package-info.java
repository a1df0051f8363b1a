/**
 * ApiCollections of API operations, imported from OpenAPI 3.0 and 3.1 documents.
 *
 * <p>
 * An import reads the document once, on a worker thread, and keeps of each operation only what a call needs: an
 * {@link io.gatehouse.plan.HttpOperation} and one self-contained input schema (JSON Schema 2020-12). The way is
 * {@code DocumentReader} (text to tree) → {@code Document} (local references) → {@code DocumentImport} (every operation) →
 * {@code OperationReader} with {@code ParameterReader}, {@code BodyReader} and {@code SchemaWriter}. References are
 * followed inside the document only; nothing is ever fetched. An operation that can't become a tool stays in its
 * collection with the reason.
 */
package io.gatehouse.tools.operation;
