package io.gatehouse.platform.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.LongStream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Response;

/** Counts in hashes of Redis or Valkey, by its clock. One script is a whole statement, so that a cluster is no engine. */
final class RedisEngine implements Engine {

    private static final String CALLS = "gatehouse:calls:";
    private static final String PLACES = "gatehouse:places:";

    /** Scripts calculate with floating point. */
    private static final long LARGEST = 1L << 52;

    private final Duration placesFor;
    private final Line<Link> line;
    private final String replica = UUID.randomUUID().toString();
    private final AtomicLong statements = new AtomicLong();
    private final RedisScript count;
    private final RedisScript hold;
    private final RedisScript taken;

    /** @param now an expression for seconds and microseconds */
    RedisEngine(Vertx vertx, RedisOptions options, Duration placesFor, String now) {
        this.placesFor = placesFor;
        this.line = new Line<>(() -> connect(vertx, options), link -> link.client().close());
        this.count = RedisScript.count(now);
        this.hold = RedisScript.hold(now);
        this.taken = RedisScript.taken(now);
    }

    /** A connection can't be closed for good without its client, which has no other. */
    private record Link(Redis client, RedisConnection connection) {
    }

    /** @param authority a file in PEM whose certificates are believed in the place of the JVM's; null for none */
    static RedisOptions options(String url, Duration timeout, String authority) {
        NetClientOptions net = new NetClientOptions().setConnectTimeout((int) timeout.toMillis())
                .setHostnameVerificationAlgorithm("HTTPS");
        if (authority != null) {
            net.setTrustOptions(new PemTrustOptions().addCertPath(authority));
        }
        return new RedisOptions().setConnectionString(url).setMaxPoolSize(1).setNetClientOptions(net);
    }

    private Future<Link> connect(Vertx vertx, RedisOptions options) {
        Redis client = Redis.createClient(vertx, options);
        return client.connect().map(connection -> new Link(client, connection)).onSuccess(this::watch)
                .onFailure(failure -> client.close());
    }

    private void watch(Link link) {
        link.connection().exceptionHandler(failure -> broke(link)).endHandler(end -> broke(link));
    }

    private void broke(Link link) {
        line.broke(link);
        link.client().close();
    }

    @Override
    public Future<List<Grant>> count(List<Demand> demands) {
        List<String> arguments = new ArrayList<>();
        demands.forEach(demand -> {
            arguments.add(demand.window().span());
            add(arguments, Math.min(demand.capacity(), LARGEST), demand.wanted(), demand.more(), demand.settled(),
                    demand.returned(), demand.since());
        });
        return run(count, demands.stream().map(RedisEngine::key).toList(), arguments,
                grant -> new Grant(number(grant, 0), number(grant, 1), number(grant, 2), number(grant, 3),
                        number(grant, 4) * 1_000));
    }

    private static String key(Demand demand) {
        return CALLS + demand.window().span() + ':' + demand.key();
    }

    @Override
    public Future<List<Grant>> look(List<Limit> limits) {
        return count(limits.stream().map(Demand::none).toList());
    }

    @Override
    public Future<List<Share>> hold(List<Claim> claims) {
        List<String> arguments = new ArrayList<>(List.of(replica));
        add(arguments, placesFor.toMillis(), statements.incrementAndGet());
        claims.forEach(claim -> add(arguments, Math.min(claim.capacity(), LARGEST), claim.places()));
        return run(hold, claims.stream().map(claim -> PLACES + claim.key()).toList(), arguments,
                share -> new Share(number(share, 0), number(share, 1)));
    }

    @Override
    public Future<List<Long>> taken(List<PlaceLimit> limits) {
        return run(taken, limits.stream().map(limit -> PLACES + limit.key()).toList(), List.of(), Response::toLong);
    }

    private <T> Future<List<T>> run(RedisScript script, List<String> keys, List<String> arguments,
            Function<Response, T> answer) {
        return line.connection().compose(link -> script.run(link.connection(), keys, arguments))
                .map(answers -> answers.stream().map(answer).toList());
    }

    private static void add(List<String> arguments, long... numbers) {
        LongStream.of(numbers).mapToObj(Long::toString).forEach(arguments::add);
    }

    private static long number(Response answer, int index) {
        return answer.get(index).toLong();
    }

    @Override
    public Duration placesFor() {
        return placesFor;
    }

    @Override
    public void drop() {
        line.drop();
    }
}
