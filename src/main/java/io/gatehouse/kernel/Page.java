package io.gatehouse.kernel;

import java.util.List;
import java.util.function.Function;

/** One slice of a list, and whether there is more behind it. */
public record Page<T>(List<T> items, boolean more) {

    /** Which slice is asked for: {@code offset} entries are skipped, at most {@code limit} returned. */
    public record Slice(int offset, int limit) {

        /** From rows that were read with one row more than the limit. */
        public <T> Page<T> of(List<T> rows) {
            return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
        }
    }

    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(items.stream().map(mapper).toList(), more);
    }
}
