package io.gatehouse.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import io.gatehouse.journal.activity.LoggedEntries;
import io.gatehouse.journal.activity.LoggedEntries.Call;
import io.gatehouse.journal.activity.Status;
import io.gatehouse.packaged.PostgresServer;

/**
 * A log of some days: servers, tools and callers of very unequal shares (the first of n has the n-th root of chance), some so
 * rare that they have a handful of entries in all.
 */
final class Entries {

    static final int SERVERS = 50;
    static final int TOOLS = 18;
    static final int CALLERS = 500;
    static final String RARE_TOOL = "erase_everything";
    static final String RARE_CALLER = "user:9999";
    static final int JOB_ENTRIES = 10;

    private static final int MOST_AT_ONCE = 2_000;
    private static final double RARE = 0.00001;

    /** Built at once later. */
    private static final List<String> WITHOUT_INDEXES = List.of("""
            create table bench_index as select pg_get_indexdef(indexrelid) as definition from pg_index
            where indrelid = 'activity_chunk'::regclass""", """
            do $$ declare name text; begin
                for name in select indexrelid::regclass from pg_index where indrelid = 'activity_chunk'::regclass loop
                    execute 'drop index ' || name;
                end loop;
            end $$""");
    private static final List<String> WITH_INDEXES = List.of("set maintenance_work_mem = '512MB'", """
            do $$ declare statement text; begin
                for statement in select replace(definition, ' ON ONLY ', ' ON ') from bench_index loop
                    execute statement;
                end loop;
            end $$""", "drop table bench_index", "vacuum analyze activity_chunk", "checkpoint");

    private static final String OUTPUT = """
            {"content":[{"type":"text","text":"{\\"id\\":THING,\\"name\\":\\"A thing of which there are many\\",\
            \\"state\\":\\"available\\",\\"tags\\":[\\"small\\",\\"blue\\"],\\"stock\\":[{\\"place\\":\\"Hamburg\\",\
            \\"count\\":12},{\\"place\\":\\"Lyon\\",\\"count\\":0}]}"}],"structuredContent":{"id":THING,"name":\
            "A thing of which there are many","state":"available","tags":["small","blue"],"price":{"amount":1999,\
            "currency":"EUR"},"stock":[{"place":"Hamburg","count":12},{"place":"Lyon","count":0}],\
            "updated_at":"2026-11-21T06:14:05.006962Z"},"isError":false}""";

    private final PostgresServer database;
    private final List<Long> servers;
    private final int together;
    private final long jobs;

    /**
     * @param servers ids, the busiest first
     * @param together so many calls are made, and committed, at the same time
     */
    Entries(PostgresServer database, List<Long> servers, long count, int together) {
        this.database = database;
        this.servers = servers;
        this.together = together;
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
        Duration each = Duration.between(midnight(first), now).dividedBy(count / together);
        List<CompletableFuture<Void>> fills = new ArrayList<>();
        for (LocalDate day = first; midnight(day).isBefore(now); day = day.plusDays(1)) {
            Instant begin = midnight(day);
            Instant end = midnight(day.plusDays(1)).isBefore(now) ? midnight(day.plusDays(1)) : now;
            fills.add(CompletableFuture.runAsync(() -> fill(begin, end, each)));
        }
        CompletableFuture.allOf(fills.toArray(CompletableFuture[]::new)).join();
        database.execute(WITH_INDEXES.toArray(String[]::new));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private void fill(Instant begin, Instant end, Duration each) {
        SplittableRandom random = new SplittableRandom(begin.getEpochSecond());
        try (Connection connection = database.connection()) {
            List<List<Call>> commits = new ArrayList<>();
            for (Instant at = begin; at.isBefore(end); at = at.plus(each)) {
                List<Call> commit = new ArrayList<>();
                for (int i = 0; i < together; i++) {
                    commit.add(call(random, at.truncatedTo(ChronoUnit.MICROS)));
                }
                commits.add(commit);
                if (commits.size() * together >= MOST_AT_ONCE) {
                    LoggedEntries.write(connection, commits);
                    commits.clear();
                }
            }
            LoggedEntries.write(connection, commits);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Call call(SplittableRandom random, Instant at) {
        long server = servers.get((int) Math.pow(SERVERS + 1, random.nextDouble()) - 1);
        double kind = random.nextDouble();
        String method = kind < 0.85 ? "tools/call"
                : kind < 0.93 ? "tools/list"
                        : kind < 0.97 ? "initialize"
                                : kind < 0.99 ? "notifications/initialized" : "prompts/get";
        String tool = random.nextDouble() < RARE ? RARE_TOOL : "get_thing_" + (int) Math.pow(TOOLS, random.nextDouble());
        double who = random.nextDouble();
        String caller = who > 1 - RARE ? RARE_CALLER
                : who < 0.005 ? null : "user:" + (int) Math.pow(CALLERS, random.nextDouble());
        Long job = random.nextDouble() < 0.001 ? 1 + random.nextLong(jobs) : null;
        boolean isCall = method.equals("tools/call");
        int thing = random.nextInt(1_000);
        return new Call(1, server, at, method, status(random.nextDouble()), isCall ? tool : null, caller, job,
                isCall ? "{\"id\":%d,\"customer\":{\"id\":%d}}".formatted(thing, random.nextInt(100_000)) : null,
                OUTPUT.replace("THING", Integer.toString(thing)));
    }

    private static Status status(double dice) {
        return dice < 0.96 ? Status.SUCCESS
                : dice < 0.98 ? Status.TOOL_ERROR
                        : dice < 0.99 ? Status.REFUSED
                                : dice < 0.995 ? Status.ERROR : dice < 0.99999 ? Status.FAILED : Status.ABANDONED;
    }
}
