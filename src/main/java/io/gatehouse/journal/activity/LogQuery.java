package io.gatehouse.journal.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.vertx.mutiny.sqlclient.Tuple;

/** Conditions and their values, for one statement. */
final class LogQuery {

    private final StringBuilder where = new StringBuilder("where entry.server_id = ");
    private final List<Object> values = new ArrayList<>();

    private LogQuery(long serverId) {
        where.append(parameter(serverId));
    }

    /** What indexes know. */
    static LogQuery of(long serverId, LogFilter filter, LogCursor before) {
        LogQuery query = new LogQuery(serverId);
        query.and("entry.at >= ", filter.from());
        query.and("entry.at < ", filter.to());
        query.in("type", filter.types());
        query.in("level", filter.levels());
        query.in("status", filter.statuses());
        if (isNoSuccess(filter)) {
            query.where.append(" and entry.status <> 'success'");
        }
        query.and("entry.tool collate \"C\" = ", filter.tool());
        query.and("entry.caller collate \"C\" = ", filter.caller());
        query.and("entry.job_id = ", filter.jobId());
        if (before != null) {
            query.and("entry.at <= ", before.at());
            query.where.append(" and (entry.at, entry.id) < (").append(query.parameter(utc(before.at()))).append(", ")
                    .append(query.parameter(before.id())).append(')');
        }
        return query;
    }

    /** What no index knows, of entries from this one on. */
    LogQuery deep(LogFilter filter, LogCursor from) {
        if (from != null) {
            and("entry.at >= ", from.at());
            where.append(" and (entry.at, entry.id) >= (").append(parameter(utc(from.at()))).append(", ")
                    .append(parameter(from.id())).append(')');
        }
        and("entry.request_id = ", filter.requestId());
        filter.data().forEach((path, value) -> {
            List<String> steps = List.of(path.split("\\."));
            where.append(" and activity_json(entry.").append(steps.get(0).equals("output") ? "output" : "input")
                    .append(") #>> ")
                    .append(parameter(steps.subList(1, steps.size()).toArray(String[]::new))).append(" = ")
                    .append(parameter(value));
        });
        if (filter.text() != null && !filter.text().isEmpty()) {
            String text = parameter(filter.text().toLowerCase(Locale.ROOT));
            where.append(" and position(").append(text).append(" in lower(concat_ws(' ', entry.tool, entry.message, "
                    + "entry.input, entry.output))) > 0");
        }
        return this;
    }

    private void and(String condition, Object value) {
        if (value != null) {
            where.append(" and ").append(condition).append(parameter(value instanceof Instant at ? utc(at) : value));
        }
    }

    /** A single value lets the database read its index in the order of time. */
    private void in(String column, List<String> words) {
        if (words.size() == 1) {
            and("entry." + column + " = ", words.get(0));
        } else if (!words.isEmpty()) {
            where.append(" and entry.").append(column).append(" = any (").append(parameter(words.toArray(String[]::new)))
                    .append(')');
        }
    }

    /** Whether the index of these has all of it, even where the filter says less. */
    private static boolean isNoSuccess(LogFilter filter) {
        return !filter.levels().isEmpty() && !filter.levels().contains(Status.SUCCESS.level())
                || !filter.statuses().isEmpty() && !filter.statuses().contains(Status.SUCCESS.word());
    }

    private static Object utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private String parameter(Object value) {
        values.add(value);
        return "$" + values.size();
    }

    String newestFirst(String select, String rest) {
        return select + where + " order by entry.at desc, entry.id desc " + rest;
    }

    Tuple values() {
        return Tuple.from(values);
    }
}
