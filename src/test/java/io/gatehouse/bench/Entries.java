package io.gatehouse.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.gatehouse.packaged.PostgresServer;

/**
 * A log of some days, written by the database itself: servers, tools and callers of very unequal shares (the first of n has
 * the n-th root of chance), some so rare that they have a handful of entries in all.
 */
final class Entries {

    static final int SERVERS = 50;
    static final int TOOLS = 18;
    static final int CALLERS = 500;
    static final String RARE_TOOL = "erase_everything";
    static final String RARE_CALLER = "user:9999";
    static final int JOB_ENTRIES = 10;

    /** As they were, but built at once. */
    private static final List<String> WITHOUT_INDEXES = List.of("""
            create table bench_index as select pg_get_indexdef(indexrelid) as definition from pg_index
            where indrelid = 'activity_entry'::regclass""", """
            do $$ declare name text; begin
                for name in select indexrelid::regclass from pg_index where indrelid = 'activity_entry'::regclass loop
                    execute 'drop index ' || name;
                end loop;
            end $$""");
    private static final List<String> WITH_INDEXES = List.of("set maintenance_work_mem = '512MB'", """
            do $$ declare statement text; begin
                for statement in select replace(definition, ' ON ONLY ', ' ON ') from bench_index loop
                    execute statement;
                end loop;
            end $$""", "drop table bench_index", "vacuum analyze activity_entry", "checkpoint");

    /** Of one day; {@code %d} entries from one epoch second to another, of these servers. */
    private static final String FILL = """
            insert into %s (id, at, batch, workspace_id, server_id, type, level, status, method, tool, caller, caller_name,
                authentication, address, user_agent, rule, message, http_status, error_code, duration, era, protocol_version,
                request_id, trace_id, replica, request_bytes, response_bytes, input, input_cut, output, output_cut, job_id)
            select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(c::text), 1, 3)
                    || '8' || substr(md5(d::text), 1, 15))::uuid,
                at, i / 100 - 1000000000, 1, server, type,
                case when status = 'success' then 'info' when status in ('tool_error', 'refused', 'abandoned')
                    then 'warning' else 'error' end,
                status, case type when 'tool_call' then 'tools/call' when 'tool_list' then 'tools/list'
                    when 'discovery' then 'initialize' when 'prompt' then 'prompts/get' else 'notifications/initialized' end,
                case when type = 'tool_call' then case when c < 0.00001 then 'RARE_TOOL'
                    else 'get_thing_' || floor(TOOLS ^ d)::int end end,
                caller, replace(caller, 'user:', 'Person '), case when caller is not null then 'jwt' end,
                '192.0.2.' || (f * 250)::int, 'claude-code/2.1.0 (cli)', case when status = 'refused' then 'unauthorized' end,
                case when status = 'error' then 'Unknown tool: it' end, case when status = 'refused' then 401 else 200 end,
                case when status = 'error' then -32602 end, (1000 / (c + 0.01))::bigint, 'legacy', '2025-11-25',
                md5(e::text)::uuid::text, md5(f::text), 'gatehouse-7d9f', 180, 700,
                case when type = 'tool_call' then '{"id":' || (c * 1000)::int || ',"customer":{"id":' || (d * 100000)::int
                    || '}}' end, false,
                '{"content":[{"type":"text","text":"{\\"id\\":' || (c * 1000)::int || ',\\"name\\":\\"A thing of which there '
                    || 'are many\\",\\"state\\":\\"available\\",\\"tags\\":[\\"small\\",\\"blue\\"],\\"stock\\":[{\\"place\\":'
                    || '\\"Hamburg\\",\\"count\\":12},{\\"place\\":\\"Lyon\\",\\"count\\":0}]}"}],"structuredContent":{"id":'
                    || (c * 1000)::int || ',"name":"A thing of which there are many","state":"available","tags":["small",'
                    || '"blue"],"price":{"amount":1999,"currency":"EUR"},"stock":[{"place":"Hamburg","count":12},'
                    || '{"place":"Lyon","count":0}],"updated_at":"2026-11-21T06:14:05.006962Z"},"isError":false}', false,
                case when e < 0.001 then 1 + floor(e * 1000 * JOBS)::bigint end
            from (
                select i, to_timestamp(%d) + i * interval '1 second' * (%d - %2$d) / (%4$d + 1) as at,
                    (array[%5$s])[floor((SERVERS + 1) ^ a)::int] as server,
                    case when b < 0.85 then 'tool_call' when b < 0.93 then 'tool_list' when b < 0.97 then 'discovery'
                        when b < 0.99 then 'notification' else 'prompt' end as type,
                    case when g < 0.96 then 'success' when g < 0.98 then 'tool_error' when g < 0.99 then 'refused'
                        when g < 0.995 then 'error' when g < 0.99999 then 'failed' else 'abandoned' end as status,
                    case when f >= 0.99999 then 'RARE_CALLER' when f >= 0.005 then 'user:' || floor(CALLERS ^ f)::int end
                        as caller, c, d, e, f
                from (select i, random() a, random() b, random() c, random() d, random() e, random() f, random() g
                    from generate_series(1, %4$d) i) dice) entry""";

    private final PostgresServer database;
    private final List<Long> servers;
    private final long jobs;

    /** @param servers ids, the busiest first */
    Entries(PostgresServer database, List<Long> servers, long count) {
        this.database = database;
        this.servers = servers;
        this.jobs = Math.max(1, count / 1_000 / JOB_ENTRIES);
    }

    /** So many jobs have some entries each, numbered from 1. */
    long jobs() {
        return jobs;
    }

    /** Evenly from the beginning of the first of these days until now. */
    void fill(long count, int days, Instant now) throws SQLException {
        LocalDate first = now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(days - 1L);
        database.execute("select activity_make_partitions('" + first + "', " + days + ")");
        database.execute(WITHOUT_INDEXES.toArray(String[]::new));
        double each = (double) count / Duration.between(midnight(first), now).toSeconds();
        List<CompletableFuture<Void>> fills = new ArrayList<>();
        for (LocalDate day = first; midnight(day).isBefore(now); day = day.plusDays(1)) {
            Instant end = midnight(day.plusDays(1)).isBefore(now) ? midnight(day.plusDays(1)) : now;
            String fill = fill(day, end, Math.round(each * Duration.between(midnight(day), end).toSeconds()));
            fills.add(CompletableFuture.runAsync(() -> execute(fill)));
        }
        CompletableFuture.allOf(fills.toArray(CompletableFuture[]::new)).join();
        database.execute(WITH_INDEXES.toArray(String[]::new));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private String fill(LocalDate day, Instant end, long count) {
        return FILL.formatted("activity_entry_" + day.toString().replace("-", ""), midnight(day).getEpochSecond(),
                end.getEpochSecond(), count, servers.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .replace("RARE_TOOL", RARE_TOOL).replace("RARE_CALLER", RARE_CALLER)
                .replace("SERVERS", Integer.toString(SERVERS)).replace("TOOLS", Integer.toString(TOOLS))
                .replace("CALLERS", Integer.toString(CALLERS)).replace("JOBS", Long.toString(jobs));
    }

    private void execute(String statement) {
        try {
            database.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
