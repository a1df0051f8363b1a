package io.gatehouse.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.gatehouse.kernel.Problem.Detail;

/** Gathers all that is wrong with an input, so that one answer tells it; of each field the first fault counts. */
public final class Faults {

    /** Nobody reads more. */
    private static final int MOST = 10_000;

    private final Map<String, Detail> details = new LinkedHashMap<>();

    /** @param field a dotted path with array indexes; the message says what it is about */
    public void add(String field, String code, String message) {
        note(new Detail(field, code, message));
    }

    private void note(Detail detail) {
        if (details.size() < MOST) {
            details.putIfAbsent(detail.field(), detail);
        }
    }

    /** What a rule gives, or null when it is broken, which is noted; any other failure goes on. */
    public <T> T gather(Supplier<T> rule) {
        try {
            return rule.get();
        } catch (Problem problem) {
            if (problem.details().isEmpty()) {
                throw problem;
            }
            problem.details().forEach(this::note);
            return null;
        }
    }

    public boolean concern(String field) {
        return details.containsKey(field);
    }

    /** @throws Problem INVALID when there is any */
    public void raise() {
        if (!details.isEmpty()) {
            throw Problem.invalid(List.copyOf(details.values()));
        }
    }
}
