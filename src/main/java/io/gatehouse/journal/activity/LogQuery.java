package io.gatehouse.journal.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.vertx.mutiny.sqlclient.Tuple;

/** Asks for the chunks of a server, the newest first, in which there may be entries that are wanted; for one statement. */
final class LogQuery {

    private final StringBuilder where = new StringBuilder("where chunk.server_id = ");
    private final StringBuilder has = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private LogQuery(long serverId) {
        where.append(parameter(serverId));
    }

    /**
     * @param before the entry before which they are wanted, or null
     * @param read the chunk that was read last, or null
     */
    static LogQuery of(long serverId, LogFilter filter, LogCursor before, LogCursor read) {
        LogQuery query = new LogQuery(serverId);
        query.and("chunk.at >= ", filter.from());
        query.and("chunk.at < ", filter.to() == null ? null : Chunk.end(filter.to()));
        query.and("chunk.at < ", before == null ? null : Chunk.end(before.at()));
        if (read != null) {
            query.and("chunk.at <= ", read.at());
            query.where.append(" and (chunk.at, chunk.last_id) < (").append(query.parameter(utc(read.at()))).append(", ")
                    .append(query.parameter(read.id())).append(')');
        }
        query.among(serverId, filter);
        return query;
    }

    /** What a chunk has to have, as far as that is not usual: where two are wanted of an entry, both of the same one. */
    private void among(long serverId, LogFilter filter) {
        List<String> tools = filter.tool() == null ? List.of() : List.of(filter.tool());
        List<String> callers = filter.caller() == null ? List.of() : List.of(filter.caller());
        List<String> types = rare(filter.types(), Facets.USUAL_TYPE);
        any(serverId, "caller", callers, "tool", tools);
        if (filter.jobId() != null) {
            any(serverId, "job", List.of(filter.jobId().toString()));
        }
        among(serverId, "type", types, tools, callers);
        for (String name : List.of("status", "level")) {
            List<String> words = name.equals("status") ? rare(filter.statuses(), Status.SUCCESS.word())
                    : rare(filter.levels(), Status.SUCCESS.level());
            among(serverId, name, words, tools, callers);
            if (!words.isEmpty() && !types.isEmpty()) {
                any(serverId, name, words, "type", types);
            }
        }
    }

    private static List<String> rare(List<String> words, String usual) {
        return words.contains(usual) ? List.of() : words;
    }

    private void among(long serverId, String name, List<String> words, List<String> tools, List<String> callers) {
        if (!words.isEmpty()) {
            any(serverId, name, words, tools.isEmpty() ? "caller" : "tool", tools.isEmpty() ? callers : tools);
        }
    }

    /** Any of the first with any of the second, or of those of which there are any. */
    private void any(long serverId, String name, List<String> words, String other, List<String> others) {
        if (words.isEmpty() || others.isEmpty()) {
            any(serverId, words.isEmpty() ? other : name, words.isEmpty() ? others : words);
        } else {
            has(words.stream().flatMap(word -> others.stream()
                    .map(value -> Facets.term(serverId, name + "+" + other, word, value))).toArray(Integer[]::new));
        }
    }

    private void any(long serverId, String name, List<String> words) {
        if (!words.isEmpty()) {
            has(words.stream().map(word -> Facets.term(serverId, name, word)).toArray(Integer[]::new));
        }
    }

    private void has(Integer[] terms) {
        has.append(" and chunk.terms && ").append(parameter(terms));
    }

    private void and(String condition, Instant value) {
        if (value != null) {
            where.append(" and ").append(condition).append(parameter(utc(value)));
        }
    }

    private static Object utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private String parameter(Object value) {
        values.add(value);
        return "$" + values.size();
    }

    /** Whether some chunks can't have what is wanted. */
    boolean isChoosy() {
        return has.length() > 0;
    }

    /** All chunks, with {@code data} where there may be something wanted: quicker than to choose where that is so for many. */
    String all(int most) {
        return LogDocument.select("chunk.at, chunk.last_id, chunk.workspace_id, chunk.server_id, chunk.infos, "
                + "chunk.warnings, chunk.errors, case when true" + has + " then chunk.data end as data")
                + where + newestFirst(most);
    }

    /** Those in which there may be something wanted, by their index. */
    String chosen(int most) {
        return LogDocument.select("chunk.*") + where + has + newestFirst(most);
    }

    private static String newestFirst(int most) {
        return " order by chunk.at desc, chunk.last_id desc limit " + most;
    }

    Tuple values() {
        return Tuple.from(values);
    }
}
