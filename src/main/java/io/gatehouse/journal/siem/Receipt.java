package io.gatehouse.journal.siem;

import java.time.Duration;
import java.util.List;

/**
 * What a destination says of a batch.
 *
 * @param whole of all events together; null where it tells them apart
 * @param each by the order of the events; null where it does not tell
 * @param retryAfter how long it wants to be left alone, or null
 * @param answer what it said, for people
 */
record Receipt(Fate whole, List<Fate> each, Duration retryAfter, String answer) {

    static Receipt of(Fate whole, String answer) {
        return new Receipt(whole, null, null, answer);
    }

    static Receipt of(List<Fate> each, String answer) {
        return new Receipt(null, each, null, answer);
    }

    Receipt after(Duration wait) {
        return new Receipt(whole, each, wait, answer);
    }

    Fate of(int event) {
        return whole != null ? whole : each.get(event);
    }
}
