package io.gatehouse.journal.activity;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which entries of a server are wanted: those to which all of this applies. Null or empty for what does not matter.
 *
 * @param from inclusive
 * @param to exclusive
 * @param data values, as text, by the path of a member: {@code input.customer.id} or {@code output.isError}
 * @param text that stands somewhere in the tool's name, the message, the input or the output, whatever its case
 */
public record LogFilter(Instant from, Instant to, List<String> types, List<String> levels, List<String> statuses, String tool,
        String caller, String requestId, Long jobId, Map<String, String> data, String text) {
}
