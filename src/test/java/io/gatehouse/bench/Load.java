package io.gatehouse.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;

/** Keeps connections busy, each with one request at a time, and tells how soon the answers came. */
final class Load implements AutoCloseable {

    private static final int LOOPS = Runtime.getRuntime().availableProcessors();
    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final int WARM_UP_CONNECTIONS = 32;
    private static final int MOST_WARM_UPS = 12;
    private static final double CHEAPER = 0.95;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double KIB_PER_MIB = 1024;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));

    private final HttpClient client = vertx.createHttpClient();

    /** The right answer, which every other one has to equal. */
    Buffer first(Call call) {
        Promise<Buffer> first = Promise.promise();
        vertx.runOnContext(start -> client.request(call.options())
                .compose(request -> call.body() == null ? request.send() : request.send(call.body()))
                .compose(answer -> answer.body().map(body -> {
                    String fault = Call.fault(answer.statusCode(), body);
                    if (fault != null) {
                        throw new AssertionError(fault);
                    }
                    return body;
                })).onComplete(first));
        return await(call.method() + " " + call.uri(), first.future());
    }

    /** Until calls no longer become cheaper, for then they run as compiled code. */
    void warmUp(Contender contender) throws InterruptedException {
        double before = Double.MAX_VALUE;
        for (int i = 0; i < MOST_WARM_UPS; i++) {
            double cost = run(contender, WARM_UP_CONNECTIONS, Duration.ZERO, Settings.warmUp()).cpuPerThousand();
            if (cost >= CHEAPER * before) {
                return;
            }
            before = cost;
        }
    }

    /** Runs for some time until it is settled, then measures for some time. */
    Measured run(Contender contender, int connections, Duration settling, Duration measured)
            throws InterruptedException {
        Buffer expected = first(contender.call());
        Phase phase = new Phase();
        List<Driver> drivers = new ArrayList<>();
        List<Future<?>> started = new ArrayList<>();
        int loops = Math.min(LOOPS, connections);
        for (int i = 0; i < loops; i++) {
            int share = connections / loops + (i < connections % loops ? 1 : 0);
            Driver driver = new Driver(contender.call(), expected, share, phase);
            drivers.add(driver);
            started.add(vertx.deployVerticle(driver));
        }
        await("start", Future.all(started));
        TimeUnit.NANOSECONDS.sleep(settling.toNanos());
        Duration cpuBefore = Usage.cpu(contender.process());
        long begin = System.nanoTime();
        phase.measuring = true;
        TimeUnit.NANOSECONDS.sleep(measured.toNanos());
        phase.over = true;
        double seconds = (System.nanoTime() - begin) / 1e9;
        Duration cpu = Usage.cpu(contender.process()).minus(cpuBefore);
        await("last answers", Future.all(drivers.stream().map(Driver::idle).toList()));
        for (Future<?> deployment : started) {
            await("end", vertx.undeploy((String) deployment.result()));
        }
        return measured(drivers, seconds, cpu, Usage.resident(contender.process()));
    }

    private static Measured measured(List<Driver> drivers, double seconds, Duration cpu, long resident) {
        Histogram latencies = new Histogram(3);
        long errors = 0;
        String error = null;
        for (Driver driver : drivers) {
            latencies.add(driver.latencies());
            errors += driver.errors();
            error = error == null ? driver.error() : error;
        }
        long calls = latencies.getTotalCount();
        return new Measured(calls / seconds, milliseconds(latencies, 50), milliseconds(latencies, 99),
                milliseconds(latencies, 99.9), calls == 0 ? 0 : cpu.toNanos() / 1e9 / calls * 1_000,
                resident / KIB_PER_MIB, errors, error);
    }

    private static double milliseconds(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    private static <T> T await(String what, Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(what, e);
        }
    }

    @Override
    public void close() {
        await("end", vertx.close());
    }

    /** How far a run is. */
    static final class Phase {

        volatile boolean measuring;
        volatile boolean over;
    }
}
