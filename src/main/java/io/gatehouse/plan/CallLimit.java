package io.gatehouse.plan;

/**
 * One limit as calls count against it.
 *
 * @param rule how refusals and records name it, such as {@code rate_limit.requests_per_minute}
 * @param key whose calls count together
 */
public record CallLimit(Part part, String rule, String key, Period period, int capacity) {

    /** Of which calls. */
    public enum Part {
        SERVER,
        TOOL,
        CALLER
    }

    /** In which calls count together. */
    public enum Period {
        /** Those that are under way. */
        AT_ONCE,
        MINUTE,
        HOUR,
        /** Of the calendar, UTC. */
        MONTH
    }
}
