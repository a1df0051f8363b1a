package io.gatehouse.platform.outbound;

import io.vertx.core.buffer.Buffer;

/**
 * A whole answer.
 *
 * @param contentType as sent, or null
 * @param cacheControl as sent, or null
 */
public record OutboundResponse(int status, String reason, String contentType, String cacheControl, Buffer body) {
}
