package io.gatehouse.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.gatehouse.packaged.Installation;
import io.gatehouse.testing.Wire.Answer;

/**
 * What lists and creation cost in a workspace of 10,000 servers, as a ratio to one of 10, in one run: medians of requests
 * that follow one another. {@code ./mvnw verify -Pbench -Dit.test=ManyServersBench} runs it.
 */
class ManyServersBench {

    private static final Logger LOG = Logger.getLogger(ManyServersBench.class);
    private static final String WORKATO = "/api/mcp/mcp_servers";
    private static final String CELIGO = "/v1/mcpservers";
    private static final int FEW = 10;
    private static final int MANY = 10_000;
    private static final int WARM_UP = 300;
    private static final int MEASURED = 400;
    private static final int AT_ONCE = 32;

    private static Installation gatehouse;
    private static int folder;

    @BeforeAll
    static void start() throws Exception {
        gatehouse = new Installation(Installation.UNLIMITED);
        folder = gatehouse.get("/api/folders").json().at("/items/0/id").asInt();
    }

    @AfterAll
    static void stop() throws IOException {
        gatehouse.close();
    }

    private static Map<String, Object> named(int i) {
        return Map.of("name", "Server " + i, "folder_id", folder);
    }

    private static void fill(int from, int to) {
        List<CompletableFuture<Answer>> open = new ArrayList<>();
        for (int i = from; i < to; i++) {
            open.add(gatehouse.wire().sendAsync(gatehouse.request("POST", WORKATO).json(named(i))));
            if (open.size() == AT_ONCE || i == to - 1) {
                open.forEach(answer -> assertEquals(200, answer.join().status()));
                open.clear();
            }
        }
    }

    /** What is timed, by what it is called; each leaves as many servers as it found. */
    private static Map<String, Callable<Long>> work(int last) {
        Map<String, Callable<Long>> work = new LinkedHashMap<>();
        work.put("list 10 (Workato)", () -> time(WORKATO + "?per_page=10"));
        work.put("list 10 of the last (Workato)", () -> time(WORKATO + "?per_page=10&page=" + last));
        work.put("list 10 (Celigo)", () -> time(CELIGO + "?limit=10"));
        work.put("search (Workato)", () -> time(WORKATO + "?per_page=10&search=server%207"));
        work.put("create (Workato)", () -> {
            long begin = System.nanoTime();
            Answer made = gatehouse.send("POST", WORKATO, named(0));
            long took = System.nanoTime() - begin;
            gatehouse.send("DELETE", WORKATO + "/" + made.json().path("handle").asText(), null);
            return took;
        });
        work.put("create (Celigo)", () -> {
            long begin = System.nanoTime();
            Answer made = gatehouse.send("POST", CELIGO, Map.of("name", "Server", "relativeURI", "/timed"));
            long took = System.nanoTime() - begin;
            gatehouse.send("DELETE", CELIGO + "/" + made.json().path("_id").asText(), null);
            return took;
        });
        return work;
    }

    private static long time(String target) {
        long begin = System.nanoTime();
        Answer answer = gatehouse.get(target);
        long took = System.nanoTime() - begin;
        assertEquals(200, answer.status());
        return took;
    }

    /** Medians in microseconds. */
    private static Map<String, Long> measure(int servers) throws Exception {
        Map<String, Long> medians = new LinkedHashMap<>();
        for (Map.Entry<String, Callable<Long>> one : work(servers / 10).entrySet()) {
            long[] times = new long[WARM_UP + MEASURED];
            for (int i = 0; i < times.length; i++) {
                times[i] = one.getValue().call();
            }
            long[] warm = Arrays.copyOfRange(times, WARM_UP, times.length);
            Arrays.sort(warm);
            medians.put(one.getKey(), warm[warm.length / 2] / 1_000);
        }
        return medians;
    }

    @Test
    void comparesTenThousandServersWithTen() throws Exception {
        fill(0, FEW);
        measure(FEW);
        Map<String, Long> few = measure(FEW);
        fill(FEW, MANY);
        Map<String, Long> many = measure(MANY);

        few.forEach((what, median) -> LOG.infof("%s: %d µs at %d servers, %d µs at %d: %.2f times", what, median, FEW,
                many.get(what), MANY, (double) many.get(what) / median));
    }
}
