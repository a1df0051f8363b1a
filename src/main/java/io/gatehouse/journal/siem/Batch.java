package io.gatehouse.journal.siem;

import java.util.List;

/**
 * What is sent together.
 *
 * @param after how far the destination is after each of the events; empty for dead letters, which move no cursor
 * @param end how far it is after all
 * @param isLast whether this was all that there was
 */
record Batch(List<LogEvent> events, List<Progress> after, Progress end, boolean isLast) {

    boolean isOfDeadLetters() {
        return after.isEmpty() && !events.isEmpty();
    }

    Progress after(int settled, Progress before) {
        return settled == events.size() ? end : settled == 0 || after.isEmpty() ? before : after.get(settled - 1);
    }
}
