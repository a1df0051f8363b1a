package io.gatehouse.platform.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.kernel.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** The only way out: what may be reached, and what is bounded. */
class OutboundTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private record Seen(String method, String path, MultiMap headers, String body) {
    }

    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    private Vertx vertx;
    private HttpServer server;
    private String base;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer().requestHandler(request -> request.body().onSuccess(body -> {
            seen.add(new Seen(request.method().name(), request.path(), request.headers(), body.toString()));
            answer(request);
        })).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        base = "http://127.0.0.1:" + server.actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/ok" -> request.response().putHeader("Content-Type", "text/plain").end("fine");
            case "/large" -> request.response().end("x".repeat(2_000));
            case "/endless" -> {
                request.response().setChunked(true).write("x");
                vertx.setPeriodic(50, timer -> request.response().write("x"));
            }
            case "/silent" -> {
            }
            case "/cut" -> {
                request.response().putHeader("Content-Length", "100").write("half");
                vertx.setTimer(50, timer -> request.connection().close());
            }
            case "/circle" -> request.response().setStatusCode(302).putHeader("Location", "/circle").end();
            case "/to" -> request.response().setStatusCode(Integer.parseInt(request.getParam("status")))
                    .putHeader("Location", request.getParam("location")).end();
            default -> request.response().setStatusCode(404).end();
        }
    }

    private Outbound outbound(String... allowed) {
        AddressGuard guard = new AddressGuard(allowed.length == 0 ? Optional.empty() : Optional.of(List.of(allowed)));
        return outbound(new Resolver(vertx, guard), LONG);
    }

    private Outbound outbound(Resolver resolver, Duration timeout) {
        return new Outbound(vertx, resolver, LONG, timeout, new MemorySize(BigInteger.valueOf(1_000)),
                new MemorySize(BigInteger.valueOf(1_000_000)));
    }

    private OutboundResponse get(String uri, String... allowed) {
        return send(new OutboundRequest("GET", URI.create(uri), List.of(), List.of(), null), allowed);
    }

    private OutboundResponse send(OutboundRequest request, String... allowed) {
        return outbound(allowed).send(request).await().atMost(LONG.multipliedBy(2));
    }

    private Problem refused(String uri, String... allowed) {
        return assertThrows(Problem.class, () -> get(uri, allowed));
    }

    private Problem givenUp(String uri, Resolver resolver) {
        return assertThrows(Problem.class, () -> outbound(resolver, SHORT)
                .send(new OutboundRequest("GET", URI.create(uri), List.of(), List.of(), null))
                .await().atMost(LONG.multipliedBy(2)));
    }

    private Resolver loopback() {
        return new Resolver(vertx, new AddressGuard(Optional.of(List.of("127.0.0.0/8"))));
    }

    private String to(int status, String location) {
        return base + "/to?status=" + status + "&location=" + location;
    }

    @Test
    void reachesWhatTheDeploymentAllows() {
        OutboundResponse answer = get(base + "/ok", "127.0.0.0/8");

        assertEquals(200, answer.status());
        assertEquals("fine", answer.body().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:PORT/ok", "http://localhost:PORT/ok", "http://0.0.0.0:PORT/ok",
            "http://2130706433:PORT/ok", "http://0x7f.1:PORT/ok", "http://[::1]:PORT/ok",
            "http://[::ffff:127.0.0.1]:PORT/ok", "http://169.254.169.254/latest/meta-data", "http://10.0.0.1/" })
    void refusesAddressesThatAreNotPublicInAnySpelling(String uri) {
        Problem problem = refused(uri.replace("PORT", Integer.toString(server.actualPort())));

        assertTrue(problem.kind() == Problem.Kind.FORBIDDEN || problem.kind() == Problem.Kind.UPSTREAM,
                problem.getMessage());
        assertTrue(seen.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = { "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "/relative" })
    void refusesOtherSchemes(String uri) {
        assertEquals(Problem.Kind.FORBIDDEN, refused(uri, "0.0.0.0/0").kind());
    }

    @Test
    void judgesTheTargetOfARedirectAnew() {
        Problem problem = refused(to(302, "http://[::1]:" + server.actualPort() + "/ok"), "127.0.0.0/8");

        assertEquals(Problem.Kind.FORBIDDEN, problem.kind());
        assertEquals(List.of("/to"), seen.stream().map(Seen::path).toList());
    }

    @Test
    void givesUpOnRedirectsInCircles() {
        assertEquals(Problem.Kind.UPSTREAM, refused(base + "/circle", "127.0.0.0/8").kind());
        assertEquals(6, seen.size());
    }

    @Test
    void dropsCredentialsWhenARedirectLeadsToAnotherOrigin() {
        OutboundRequest request = new OutboundRequest("GET",
                URI.create(to(307, "http://localhost:" + server.actualPort() + "/ok")),
                List.of(Map.entry("X-Key", "secret"), Map.entry("X-Other", "kept")), List.of("x-key"), null);

        send(request, "127.0.0.0/8", "::1");

        Seen last = seen.stream().filter(one -> one.path().equals("/ok")).findFirst().orElseThrow();
        assertFalse(last.headers().contains("X-Key"));
        assertEquals("kept", last.headers().get("X-Other"));
    }

    @Test
    void followsNoRedirectWhereTheRequestMustNot() {
        OutboundResponse answer = send(new OutboundRequest("POST", URI.create(to(307, "/ok")), List.of(), List.of(),
                Buffer.buffer("secret"), false), "127.0.0.0/8");

        assertEquals(307, answer.status());
        assertEquals(List.of("/to"), seen.stream().map(Seen::path).toList());
    }

    @Test
    void keepsMethodAndBodyOnlyWhereTheStatusSaysSo() {
        for (int status : new int[] { 303, 302, 307, 308 }) {
            send(new OutboundRequest("POST", URI.create(to(status, "/ok")),
                    List.of(Map.entry("Content-Type", "text/plain")), List.of(), Buffer.buffer("body")), "127.0.0.0/8");
        }

        assertEquals(List.of("GET", "GET", "POSTbody", "POSTbody"), seen.stream()
                .filter(one -> one.path().equals("/ok")).map(one -> one.method() + one.body()).toList());
    }

    @Test
    void worksOnAnEventLoopWhoeverCalls() {
        List<Boolean> loops = new CopyOnWriteArrayList<>();
        Resolver resolver = new Resolver(vertx, new AddressGuard(Optional.of(List.of("127.0.0.0/8"))),
                InetAddress::getAllByName, () -> {
                    loops.add(Context.isOnEventLoopThread());
                    return System.nanoTime();
                });

        OutboundRequest request = new OutboundRequest("GET", URI.create(base + "/ok"), List.of(), List.of(), null);
        outbound(resolver, LONG).send(request).await().atMost(LONG);
        outbound(resolver, LONG).open(request, LONG).await().atMost(LONG).abort();

        assertEquals(List.of(true, false, true), loops, "asked, found, asked");
    }

    @Test
    void givesUpOnASilentBackEnd() {
        assertEquals(Problem.Kind.TIMEOUT, givenUp(base + "/silent", loopback()).kind());
    }

    @Test
    void givesUpOnAHostThatIsLookedUpForever() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Resolver resolver = new Resolver(vertx, new AddressGuard(Optional.empty()), host -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        }, System::nanoTime);

        assertEquals(Problem.Kind.TIMEOUT, givenUp("http://host.test/", resolver).kind());
        end.countDown();
        resolver.close();
    }

    @Test
    void givesUpOnABackEndThatDrips() {
        assertEquals(Problem.Kind.TIMEOUT, givenUp(base + "/endless", loopback()).kind());
    }

    @Test
    void refusesAnAnswerThatIsTooLarge() {
        assertEquals(Problem.Kind.TOO_LARGE, refused(base + "/large", "127.0.0.0/8").kind());
    }

    @Test
    void keepsToTheNarrowerBoundsOfACaller() {
        assertEquals(Problem.Kind.TOO_LARGE, within("/ok", LONG, 3).kind());
        assertEquals(Problem.Kind.TOO_LARGE, within("/large", LONG, 1_000_000).kind());
        assertEquals(Problem.Kind.TIMEOUT, within("/silent", SHORT, 3).kind());
    }

    private Problem within(String path, Duration timeout, long largest) {
        OutboundRequest request = new OutboundRequest("GET", URI.create(base + path), List.of(), List.of(), null);
        return assertThrows(Problem.class,
                () -> outbound("127.0.0.0/8").send(request, timeout, largest).await().atMost(LONG.multipliedBy(2)));
    }

    @Test
    void saysWhenTheBackEndBreaksOff() {
        assertEquals(Problem.Kind.UPSTREAM, refused(base + "/cut", "127.0.0.0/8").kind());
    }

    @Test
    void saysWhenNobodyListens() throws Exception {
        try (Socket silent = new Socket()) {
            // Taken, so that nobody else begins to listen
            silent.bind(new InetSocketAddress("127.0.0.1", 0));

            assertEquals(Problem.Kind.UPSTREAM,
                    refused("http://127.0.0.1:" + silent.getLocalPort() + "/ok", "127.0.0.0/8").kind());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "8.8.8.8", "2606:4700::1111", "1.1.1.1" })
    void permitsPublicAddresses(String address) throws UnknownHostException {
        assertTrue(new AddressGuard(Optional.empty()).permits(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0",
            "255.255.255.255", "224.0.0.1", "::", "::1", "fe80::1", "fd00::1", "ff02::1", "64:ff9b::a00:1",
            "2002:7f00:1::", "2001:db8::1", "::ffff:10.0.0.1",
            "::127.0.0.1", "::ffff:0:10.0.0.1" })
    void permitsNoAddressThatIsNotPublic(String address) throws UnknownHostException {
        assertFalse(new AddressGuard(Optional.empty()).permits(InetAddress.getByName(address)));
    }

    @Test
    void permitsWhatTheDeploymentAllowsInEitherForm() throws Exception {
        AddressGuard guard = new AddressGuard(Optional.of(List.of("::ffff:10.1.0.0/112", "fd00::/8", "192.168.1.7")));

        for (String address : List.of("10.1.2.3", "fd00::1", "192.168.1.7", "8.8.8.8")) {
            assertTrue(guard.permits(InetAddress.getByName(address)), address);
        }
        for (String address : List.of("10.2.0.1", "fe80::1", "192.168.1.8")) {
            assertFalse(guard.permits(InetAddress.getByName(address)), address);
        }
    }

    @Test
    void namesTheSettingThatHoldsNoRange() {
        Problem problem = assertThrows(Problem.class, () -> new AddressGuard(Optional.of(List.of("10.0.0.0/8", "inside"))));

        assertTrue(problem.getMessage().startsWith("gatehouse.outbound.allowed-ranges.1: "), problem.getMessage());
    }
}
