package io.gatehouse.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Takes spans and measurements by OTLP over HTTP, and reads as much of their protocol buffers as tests ask for. */
public final class OtlpReceiver implements AutoCloseable {

    /** @param kind 1 for internal, 2 of a server, 3 of a client */
    public record Span(String trace, String id, String parent, String name, int kind, Map<String, String> attributes,
            List<String> links, boolean failed) {
    }

    /** One series of a histogram. */
    public record Series(String metric, String unit, Map<String, String> attributes) {
    }

    private final HttpServer server;
    private final BlockingQueue<Span> spans = new LinkedBlockingQueue<>();
    private final BlockingQueue<Series> series = new LinkedBlockingQueue<>();
    private final Map<String, String> resource = new TreeMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String credential;

    public OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::takeSpans);
        server.createContext("/v1/metrics", this::takeMetrics);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Within some seconds; fails the test where none comes. */
    public Span span() throws InterruptedException {
        Span span = spans.poll(30, TimeUnit.SECONDS);
        if (span == null) {
            throw new AssertionError("No span came");
        }
        return span;
    }

    /** The next series of the metric. */
    public Series series(String metric) throws InterruptedException {
        for (Series next = series.poll(30, TimeUnit.SECONDS); next != null; next = series.poll(30, TimeUnit.SECONDS)) {
            if (next.metric().equals(metric)) {
                return next;
            }
        }
        throw new AssertionError("No measurement of " + metric + " came");
    }

    public Map<String, String> resource() {
        return resource;
    }

    /** What requests said in {@code Authorization}. */
    public String credential() {
        return credential;
    }

    public int requests() {
        return requests.get();
    }

    private Fields taken(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        credential = exchange.getRequestHeaders().getFirst("Authorization");
        Fields body = new Fields(exchange.getRequestBody().readAllBytes());
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
        return body;
    }

    private void takeSpans(HttpExchange exchange) throws IOException {
        for (Fields resourceSpans : taken(exchange).all(1)) {
            resourceSpans.all(1).forEach(told -> resource.putAll(attributes(told.all(1))));
            resourceSpans.all(2).stream().flatMap(scope -> scope.all(2).stream()).map(OtlpReceiver::span).forEach(spans::add);
        }
    }

    private static Span span(Fields span) {
        return new Span(span.hex(1), span.hex(2), span.hex(4), span.text(5), (int) span.number(6), attributes(span.all(9)),
                span.all(13).stream().map(link -> link.hex(1) + '-' + link.hex(2)).toList(),
                span.all(15).stream().anyMatch(status -> status.number(3) == 2));
    }

    private void takeMetrics(HttpExchange exchange) throws IOException {
        for (Fields resourceMetrics : taken(exchange).all(1)) {
            resourceMetrics.all(2).stream().flatMap(scope -> scope.all(2).stream())
                    .forEach(metric -> metric.all(9).stream().flatMap(histogram -> histogram.all(1).stream())
                            .forEach(
                                    point -> series.add(new Series(metric.text(1), metric.text(3), attributes(point.all(9))))));
        }
    }

    private static Map<String, String> attributes(List<Fields> pairs) {
        Map<String, String> attributes = new TreeMap<>();
        for (Fields pair : pairs) {
            Fields value = pair.all(2).get(0);
            attributes.put(pair.text(1), value.has(1) ? value.text(1) : Long.toString(value.number(3)));
        }
        return attributes;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A message of protocol buffers. */
    private static final class Fields {

        private static final int VARINT = 0;
        private static final int EIGHT_BYTES = 1;
        private static final int LENGTH = 2;

        private final Map<Integer, List<byte[]>> texts = new HashMap<>();
        private final Map<Integer, Long> numbers = new HashMap<>();

        Fields(byte[] message) {
            ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                int key = (int) varint(in);
                switch (key & 7) {
                    case VARINT -> numbers.put(key >> 3, varint(in));
                    case EIGHT_BYTES -> numbers.put(key >> 3, in.getLong());
                    case LENGTH -> {
                        byte[] text = new byte[(int) varint(in)];
                        in.get(text);
                        texts.computeIfAbsent(key >> 3, first -> new ArrayList<>()).add(text);
                    }
                    default -> numbers.put(key >> 3, (long) in.getInt());
                }
            }
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0;; shift += 7) {
                byte next = in.get();
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        boolean has(int field) {
            return texts.containsKey(field);
        }

        List<Fields> all(int field) {
            return texts.getOrDefault(field, List.of()).stream().map(Fields::new).toList();
        }

        String text(int field) {
            return new String(texts.get(field).get(0), StandardCharsets.UTF_8);
        }

        String hex(int field) {
            return has(field) ? HexFormat.of().formatHex(texts.get(field).get(0)) : "";
        }

        long number(int field) {
            return numbers.getOrDefault(field, 0L);
        }
    }
}
