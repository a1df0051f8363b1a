package io.gatehouse.plan;

/**
 * One HTTP request to a back end.
 *
 * @param baseUrl absolute, without a trailing slash; null when neither the document nor a connection gives one
 * @param connectionId the connection whose credential is sent, or null
 */
public record HttpAction(HttpOperation operation, String baseUrl, Long connectionId) implements Action {
}
