package io.gatehouse.tools.operation;

/**
 * @param name null for the document's title
 * @param format {@code json}, {@code yaml}, or null to tell by the text
 * @param connectionId null for none yet
 */
public record NewApiCollection(String name, long projectId, String content, String format, Long connectionId) {
}
