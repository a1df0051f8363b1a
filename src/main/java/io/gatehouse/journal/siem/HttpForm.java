package io.gatehouse.journal.siem;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How a destination takes events over HTTP, and what its answers mean. */
interface HttpForm {

    /** What else would be tried again and again. 401, 403 and 404 are no fault of the events. */
    Set<Integer> FAULTS_OF_EVENTS = Set.of(400, 413, 422);

    URI uri(Target target);

    String contentType();

    /** The word before a token in the Authorization header. */
    default String scheme() {
        return "Bearer";
    }

    String body(Target target, List<LogEvent> events);

    /**
     * What an answer of success means.
     *
     * @param shown makes what people may see of a text in it
     */
    Receipt judge(List<LogEvent> events, String answer, UnaryOperator<String> shown);

    /** Whether the destination refuses for good what was sent. */
    default boolean blamesEvents(int status, String answer) {
        return FAULTS_OF_EVENTS.contains(status);
    }
}
