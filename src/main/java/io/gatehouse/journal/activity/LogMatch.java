package io.gatehouse.journal.activity;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Whether an entry is one that is wanted. */
final class LogMatch {

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();

    private final LogFilter filter;
    private final LogCursor before;
    private final String text;

    /** @param before the entry before which they are wanted, or null */
    LogMatch(LogFilter filter, LogCursor before) {
        this.filter = filter;
        this.before = before;
        this.text = filter.text() == null ? "" : filter.text().toLowerCase(Locale.ROOT);
    }

    boolean admits(Facets facets) {
        return is(filter.types(), facets.type()) && is(filter.statuses(), facets.status().word())
                && is(filter.levels(), facets.status().level()) && is(filter.tool(), facets.tool())
                && is(filter.caller(), facets.caller()) && is(filter.jobId(), facets.jobId());
    }

    private static boolean is(List<String> wanted, String word) {
        return wanted.isEmpty() || wanted.contains(word);
    }

    private static boolean is(Object wanted, Object value) {
        return wanted == null || wanted.equals(value);
    }

    /** Of one whose facets are admitted. */
    boolean admits(Recorded recorded) {
        Entry entry = recorded.row().entry();
        return (before == null || recorded.place().compareTo(before) < 0)
                && (filter.from() == null || !entry.at().isBefore(filter.from()))
                && (filter.to() == null || entry.at().isBefore(filter.to()))
                && is(filter.requestId(), entry.scene().requestId()) && hasText(recorded.row())
                && filter.data().entrySet().stream().allMatch(data -> has(recorded.row(), data.getKey(), data.getValue()));
    }

    private boolean hasText(Row row) {
        return text.isEmpty() || Stream.of(row.entry().question().tool(), row.message(), row.input().string(),
                row.output().string()).filter(Objects::nonNull).collect(Collectors.joining(" ")).toLowerCase(Locale.ROOT)
                .contains(text);
    }

    /** What is not whole has no fields. */
    private static boolean has(Row row, String path, String value) {
        List<String> steps = List.of(path.split("\\."));
        Row.Text side = steps.get(0).equals("output") ? row.output() : row.input();
        try {
            JsonNode node = side.utf8() == null ? null : JSON.readTree(side.utf8(), side.from(), side.length());
            for (String step : steps.subList(1, steps.size())) {
                node = node == null ? null : node.isArray() ? node.get(index(step)) : node.get(step);
            }
            return node != null && !node.isNull() && value.equals(word(node));
        } catch (IOException e) {
            return false;
        }
    }

    private static int index(String step) {
        return step.matches("\\d{1,9}") ? Integer.parseInt(step) : -1;
    }

    private static String word(JsonNode node) {
        return node.isBigDecimal() ? node.decimalValue().toPlainString() : node.isValueNode() ? node.asText() : node.toString();
    }
}
