package io.gatehouse.engine.proxied;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.connections.Credential;
import io.gatehouse.connections.Credentials;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.platform.outbound.OutboundStream;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The way to every upstream: adds the credential, and keeps one that fails from harming the others. */
@Singleton
public class Upstreams {

    private static final int UNAUTHORIZED = 401;
    private static final int BROKEN = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    /** Who listens ends it long before. */
    private static final Duration LONGEST_STREAM = Duration.ofDays(1);

    private final Outbound outbound;
    private final Credentials credentials;
    private final Changes changes;
    private final int mostCalls;
    private final UpstreamMeters meters;
    private final Map<Long, Line> lines = new ConcurrentHashMap<>();

    @Inject
    Upstreams(Outbound outbound, Credentials credentials, Changes changes, MeterRegistry registry,
            @ConfigProperty(name = "gatehouse.upstreams.max-calls", defaultValue = "512") int mostCalls) {
        this.outbound = outbound;
        this.credentials = credentials;
        this.changes = changes;
        this.mostCalls = mostCalls;
        this.meters = new UpstreamMeters(registry);
        Gauge.builder("gatehouse.upstream.calls", () -> lines.values().stream().mapToInt(Line::calls).sum())
                .description("Calls to third-party MCP servers under way").register(registry);
        Gauge.builder("gatehouse.upstream.broken", () -> lines.values().stream().filter(Line::isBroken).count())
                .description("Third-party MCP servers that fail in a row").register(registry);
    }

    /**
     * Hands the answer over when its head is here, whatever its status. Fails with a {@link Problem}: UNAVAILABLE when the
     * upstream has enough to do or has failed too often, FORBIDDEN by the address guard, UPSTREAM and TIMEOUT.
     */
    public Uni<UpstreamAnswer> open(Upstream upstream, UpstreamRequest request) {
        return Uni.createFrom().deferred(() -> enter(upstream, request));
    }

    private Uni<UpstreamAnswer> enter(Upstream upstream, UpstreamRequest request) {
        Line line = line(upstream);
        if (request.isStream()) {
            return listen(upstream, line, request);
        }
        line.enter();
        long startedAt = System.nanoTime();
        boolean[] handedOver = new boolean[1];
        return send(upstream.url(), upstream.connectionId(), upstream.timeout(), request)
                .map(answer -> {
                    handedOver[0] = true;
                    judge(upstream, line, answer.status());
                    meters.of(upstream.id()).count(answer.status() < BROKEN, System.nanoTime() - startedAt);
                    return new UpstreamAnswer(answer, false, line::leave);
                })
                .onFailure().invoke(failure -> {
                    failed(upstream, line);
                    meters.of(upstream.id()).count(false, System.nanoTime() - startedAt);
                })
                .onTermination().invoke(() -> {
                    if (!handedOver[0]) {
                        line.leave();
                    }
                });
    }

    private Uni<UpstreamAnswer> listen(Upstream upstream, Line line, UpstreamRequest request) {
        line.check();
        return send(upstream.url(), upstream.connectionId(), upstream.timeout(), request).map(answer -> {
            judge(upstream, line, answer.status());
            return new UpstreamAnswer(answer, true, () -> {
            });
        }).onFailure().invoke(failure -> failed(upstream, line));
    }

    private Line line(Upstream upstream) {
        return lines.computeIfAbsent(upstream.id(), id -> new Line(mostCalls, System::nanoTime));
    }

    private void judge(Upstream upstream, Line line, int status) {
        if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
            failed(upstream, line);
        } else {
            line.worked();
        }
    }

    private void failed(Upstream upstream, Line line) {
        if (line.failed()) {
            doubt(upstream);
        }
    }

    /** Has somebody look whether the upstream is still as its plan has it. */
    public void doubt(Upstream upstream) {
        if (line(upstream).mayDoubt()) {
            changes.say(Upstream.doubt(upstream.id()));
        }
    }

    /** Without bounds, for who asks rarely. A credential that is refused may be withdrawn: another one is tried once. */
    Uni<OutboundStream> send(URI url, Long connectionId, Duration timeout, UpstreamRequest request) {
        Duration longest = request.isStream() ? LONGEST_STREAM : timeout;
        if (connectionId == null) {
            return outbound.open(with(Optional.empty(), url, request), longest);
        }
        return credentials.of(connectionId).chain(credential -> outbound.open(with(credential, url, request), longest)
                .chain(answer -> answer.status() != UNAUTHORIZED || credential.isEmpty()
                        ? Uni.createFrom().item(answer)
                        : again(connectionId, credential.get(), answer,
                                other -> outbound.open(with(other, url, request), longest))));
    }

    private Uni<OutboundStream> again(long connectionId, Credential refused, OutboundStream answer,
            Function<Optional<Credential>, Uni<OutboundStream>> request) {
        return credentials.renewed(connectionId, refused)
                .onFailure().invoke(answer::abort)
                .onCancellation().invoke(answer::abort)
                .chain(other -> {
                    if (other.isEmpty()) {
                        return Uni.createFrom().item(answer);
                    }
                    answer.abort();
                    return request.apply(other);
                });
    }

    private static OutboundRequest with(Optional<Credential> credential, URI url, UpstreamRequest request) {
        if (credential.isEmpty()) {
            return new OutboundRequest(request.method(), url, request.headers(), List.of(), request.body());
        }
        Credential shown = credential.get();
        List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
        URI target = url;
        switch (shown.place()) {
            case HEADER -> headers.add(Map.entry(shown.name(), shown.value()));
            case COOKIE -> headers.add(Map.entry("Cookie", shown.name() + "=" + shown.value()));
            case QUERY -> target = URI.create(url + (url.getRawQuery() == null ? "?" : "&")
                    + URLEncoder.encode(shown.name(), StandardCharsets.UTF_8) + "="
                    + URLEncoder.encode(shown.value(), StandardCharsets.UTF_8));
        }
        return new OutboundRequest(request.method(), target, headers, List.of(), request.body());
    }
}
