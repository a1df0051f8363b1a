package io.gatehouse.kernel;

/**
 * How a request came in, for records.
 *
 * @param source the door: a dialect's word, such as {@code workato}, or {@code system} for work of our own
 * @param requestId null where there is no request
 * @param address of the sender, or null
 * @param userAgent null where the sender says none
 */
public record Origin(String source, String requestId, String address, String userAgent) {

    public static final Origin SYSTEM = new Origin("system", null, null, null);
}
