package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Counts in rows of the database, by the database's clock, on a connection of its own, so that no busy pool delays a call.
 * What is inserted for a new row is also what the row's update may grant at most.
 */
final class PostgresEngine implements Engine {

    private static final String WINDOW_END = """
            (date_trunc(%1$s, %2$s, 'UTC') at time zone 'UTC' + ('1 ' || %1$s)::interval) at time zone 'UTC'""";

    private static final String COUNT = """
            insert into call_counter as c (key, span, started_at, used, ahead, ask, granted, reserved)
            select key, span, date_trunc(span, $now, 'UTC'), granted + reserved, reserved, ask, granted, reserved
            from unnest($1::varchar[], $2::varchar[], $3::bigint[], $4::bigint[], $5::bigint[]) with ordinality
                    as asked (key, span, capacity, wanted, more, ask),
                lateral (select least(wanted, capacity) as granted) now,
                lateral (select least(more, capacity / 125 / 4, (capacity - granted) / 4) as reserved) later
            order by ask
            on conflict (key, span, started_at) do update set (used, ahead, ask, granted, reserved) = (
                select before.used + now.granted + later.reserved, before.ahead + later.reserved, excluded.ask,
                    now.granted, later.reserved
                from (select ($3::bigint[])[excluded.ask] as capacity,
                        extract(epoch from c.started_at) = ($8::bigint[])[excluded.ask] as is_same) asked,
                    lateral (select
                        greatest(c.used - case when is_same then ($7::bigint[])[excluded.ask] else 0 end, 0) as used,
                        greatest(c.ahead - case when is_same then ($6::bigint[])[excluded.ask] else 0 end, 0) as ahead
                    ) before,
                    lateral (select greatest(least(($4::bigint[])[excluded.ask], capacity - before.used), 0) as granted
                    ) now,
                    lateral (select greatest(least(($5::bigint[])[excluded.ask], (capacity / 125 - before.ahead) / 4,
                        (capacity - before.used - now.granted) / 4), 0) as reserved) later)
            returning ask, granted, reserved, ($3::bigint[])[ask] - used, extract(epoch from started_at)::bigint,
                extract(epoch from $end - $now)::float8""";

    private static final String LOOK = """
            select asked.ask, 0::bigint, 0::bigint, capacity - coalesce(used, 0),
                extract(epoch from date_trunc(asked.span, $now, 'UTC'))::bigint, extract(epoch from $end - $now)::float8
            from unnest($1::varchar[], $2::varchar[], $3::bigint[]) with ordinality as asked (key, span, capacity, ask)
            left join call_counter c on c.key = asked.key and c.span = asked.span
                and c.started_at = date_trunc(asked.span, $now, 'UTC')
            order by asked.ask""";

    private static final String HOLD = """
            insert into call_place as p (key, ask, granted, taken, holders)
            select key, ask, granted, granted, case when granted = 0 then '{}' else jsonb_build_object($4::text,
                jsonb_build_array(granted, extract(epoch from $now) + $5::float8, $6::bigint)) end
            from unnest($1::varchar[], $2::bigint[], $3::bigint[]) with ordinality as claim (key, capacity, places, ask),
                lateral (select least(places, capacity) as granted) fresh
            order by ask
            on conflict (key) do update set (ask, granted, taken, holders) = (
                select excluded.ask, mine.granted, others.places + mine.granted, others.holders || case
                    when mine.granted = 0 then '{}'
                    when is_late then jsonb_build_object($4::text, p.holders -> $4)
                    else jsonb_build_object($4::text,
                        jsonb_build_array(mine.granted, extract(epoch from $now) + $5::float8, $6::bigint)) end
                from (select coalesce(sum((value ->> 0)::bigint), 0) as places,
                        coalesce(jsonb_object_agg(key, value), '{}') as holders
                    from jsonb_each(p.holders)
                    where key <> $4 and (value ->> 1)::float8 > extract(epoch from $now)) others,
                lateral (select coalesce((p.holders -> $4 ->> 2)::bigint > $6, false) as is_late) known,
                lateral (select case when is_late then (p.holders -> $4 ->> 0)::bigint
                    else greatest(least(($3::bigint[])[excluded.ask], ($2::bigint[])[excluded.ask] - others.places), 0)
                    end as granted) mine)
            returning ask, granted, taken""";

    private static final String TAKEN = """
            select ask, (select coalesce(sum((value ->> 0)::bigint), 0)::bigint from call_place p, jsonb_each(p.holders)
                where p.key = asked.key and (value ->> 1)::float8 > extract(epoch from $now))
            from unnest($1::varchar[]) with ordinality as asked (key, ask)""";

    private final Line<PgConnection> line;
    private final String replica = UUID.randomUUID().toString();
    private final AtomicLong statements = new AtomicLong();
    private final Duration placesFor;
    private final String count;
    private final String look;
    private final String hold;
    private final String taken;

    /** @param now an expression for the time */
    PostgresEngine(Vertx vertx, PgConnectOptions options, Duration placesFor, String now) {
        this.line = new Line<>(() -> connect(vertx, options), PgConnection::close);
        this.placesFor = placesFor;
        this.count = COUNT.replace("$end", WINDOW_END.formatted("span", "started_at")).replace("$now", now);
        this.look = LOOK.replace("$end", WINDOW_END.formatted("asked.span", "$now")).replace("$now", now);
        this.hold = HOLD.replace("$now", now);
        this.taken = TAKEN.replace("$now", now);
    }

    private Future<PgConnection> connect(Vertx vertx, PgConnectOptions options) {
        return PgConnection.connect(vertx, options)
                .onSuccess(connection -> connection.closeHandler(closed -> line().broke(connection)));
    }

    private Line<PgConnection> line() {
        return line;
    }

    @Override
    public Future<List<Grant>> count(List<Demand> demands) {
        return execute(count, Tuple.from(List.of(
                texts(demands, Demand::key), texts(demands, demand -> demand.window().span()),
                numbers(demands, Demand::capacity), numbers(demands, Demand::wanted), numbers(demands, Demand::more),
                numbers(demands, Demand::settled), numbers(demands, Demand::returned), numbers(demands, Demand::since))),
                PostgresEngine::grant);
    }

    @Override
    public Future<List<Grant>> look(List<Limit> limits) {
        return execute(look, Tuple.of(texts(limits, Limit::key), texts(limits, limit -> limit.window().span()),
                numbers(limits, Limit::capacity)), PostgresEngine::grant);
    }

    @Override
    public Future<List<Share>> hold(List<Claim> claims) {
        return execute(hold, Tuple.of(texts(claims, Claim::key), numbers(claims, Claim::capacity),
                numbers(claims, Claim::places), replica, placesFor.toMillis() / 1e3, statements.incrementAndGet()),
                row -> new Share(row.getLong(1), row.getLong(2)));
    }

    @Override
    public Future<List<Long>> taken(List<PlaceLimit> limits) {
        return execute(taken, Tuple.of(texts(limits, PlaceLimit::key)), row -> row.getLong(1));
    }

    private <T> Future<List<T>> execute(String sql, Tuple parameters, Function<Row, T> answer) {
        return line.connection().compose(connection -> connection.preparedQuery(sql).execute(parameters))
                .map(rows -> inOrder(rows, answer));
    }

    /** Each row tells first which question it answers. */
    private static <T> List<T> inOrder(RowSet<Row> rows, Function<Row, T> answer) {
        Object[] answers = new Object[rows.size()];
        rows.forEach(row -> answers[(int) (row.getLong(0) - 1)] = answer.apply(row));
        @SuppressWarnings("unchecked")
        List<T> list = (List<T>) Arrays.asList(answers);
        return list;
    }

    private static Grant grant(Row row) {
        return new Grant(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4),
                (long) (row.getDouble(5) * 1e9));
    }

    private static <T> String[] texts(List<T> list, Function<T, String> field) {
        return list.stream().map(field).toArray(String[]::new);
    }

    private static <T> Long[] numbers(List<T> list, ToLongFunction<T> field) {
        return list.stream().mapToLong(field).boxed().toArray(Long[]::new);
    }

    @Override
    public void drop() {
        line.drop();
    }

    @Override
    public Duration placesFor() {
        return placesFor;
    }
}
