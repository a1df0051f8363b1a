package io.gatehouse.platform.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.gatehouse.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/** One request with all its redirects, under one deadline. Confined to the event loop that runs it. */
final class Exchange {

    private static final int MOST_REDIRECTS = 5;

    /** RFC 9110, section 8.6: these say so when they have none. */
    private static final Set<String> EXPECTING_A_BODY = Set.of("POST", "PUT", "PATCH");

    private final Deadlines deadlines;
    private final HttpClient client;
    private final Resolver resolver;
    private final Duration timeout;
    private final long maxResponseSize;

    private final Promise<OutboundResponse> outcome = Promise.promise();
    private HttpClientRequest current;
    private Problem ended;
    private int redirects;

    Exchange(Deadlines deadlines, HttpClient client, Resolver resolver, Duration timeout, long maxResponseSize) {
        this.deadlines = deadlines;
        this.client = client;
        this.resolver = resolver;
        this.timeout = timeout;
        this.maxResponseSize = maxResponseSize;
    }

    Future<OutboundResponse> run(OutboundRequest request) {
        Deadlines.Deadline deadline = deadlines.set(timeout,
                () -> end(Problem.timeout("The back end did not answer within " + timeout.toSeconds() + " s")));
        attempt(request).onComplete(outcome::tryComplete, failure -> outcome.tryFail(named(request.uri(), failure)));
        return outcome.future().onComplete(done -> deadline.lift());
    }

    /** Gives the request up, if it is still under way. */
    void abort() {
        end(Problem.upstream("The request was cancelled", null));
    }

    private void end(Problem why) {
        if (ended == null) {
            ended = why;
        }
        if (current != null) {
            current.reset();
        }
        outcome.tryFail(ended);
    }

    private Future<OutboundResponse> attempt(OutboundRequest request) {
        return connect(client, resolver, request)
                .compose(outgoing -> send(outgoing, request))
                .compose(answer -> request.mayBeRedirected() && isRedirect(answer)
                        ? follow(request, answer)
                        : collect(answer));
    }

    /** A request to an address of the host that the guard permits, whose head and body are still to be sent. */
    static Future<HttpClientRequest> connect(HttpClient client, Resolver resolver, OutboundRequest request) {
        URI uri = request.uri();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
            return Future.failedFuture(Problem.forbidden("Only http and https addresses are called"));
        }
        return resolver.resolve(unbracketed(uri.getHost()))
                .compose(address -> client.request(options(request, scheme.equals("https"), address)));
    }

    private static RequestOptions options(OutboundRequest request, boolean tls, InetAddress address) {
        URI uri = request.uri();
        int port = port(uri);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new RequestOptions().setMethod(HttpMethod.valueOf(request.method())).setSsl(tls)
                .setHost(uri.getHost()).setPort(port)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setURI(uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery());
    }

    private Future<HttpClientResponse> send(HttpClientRequest outgoing, OutboundRequest request) {
        if (ended != null) {
            outgoing.reset();
            return Future.failedFuture(ended);
        }
        current = outgoing;
        request.headers().forEach(header -> outgoing.headers().add(header.getKey(), header.getValue()));
        if (request.body() != null) {
            return outgoing.send(request.body());
        }
        if (EXPECTING_A_BODY.contains(request.method())) {
            outgoing.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
        }
        return outgoing.send();
    }

    private Future<OutboundResponse> collect(HttpClientResponse answer) {
        Promise<OutboundResponse> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        answer.handler(chunk -> {
            if (body.length() + chunk.length() > maxResponseSize) {
                end(Problem.tooLarge("The back end's answer is larger than " + maxResponseSize + " bytes"));
                whole.tryFail(ended);
            } else {
                body.appendBuffer(chunk);
            }
        });
        answer.exceptionHandler(whole::tryFail);
        answer.endHandler(end -> whole.tryComplete(new OutboundResponse(answer.statusCode(), answer.statusMessage(),
                answer.getHeader(HttpHeaders.CONTENT_TYPE), answer.getHeader(HttpHeaders.CACHE_CONTROL), body)));
        return whole.future().onComplete(done -> current = null);
    }

    private static boolean isRedirect(HttpClientResponse answer) {
        int status = answer.statusCode();
        return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
                && answer.getHeader(HttpHeaders.LOCATION) != null;
    }

    /** RFC 9110, section 15.4: 303, and by custom 301 and 302 after POST, go on as GET without the body. */
    private Future<OutboundResponse> follow(OutboundRequest request, HttpClientResponse answer) {
        answer.exceptionHandler(reset -> {
        });
        current.reset();
        current = null;
        if (++redirects > MOST_REDIRECTS) {
            return Future.failedFuture(Problem.upstream("The back end redirects in circles", null));
        }
        URI target;
        try {
            target = resolve(request.uri(), answer.getHeader(HttpHeaders.LOCATION));
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(Problem.upstream("The back end redirects to no valid address", e));
        }
        int status = answer.statusCode();
        boolean get = status == 303 || (status == 301 || status == 302) && request.method().equals("POST");
        if (target.getScheme() == null || target.getHost() == null) {
            return Future.failedFuture(Problem.upstream("The back end redirects to no valid address", null));
        }
        List<String> dropped = sameOrigin(request.uri(), target) ? List.of() : request.sensitive();
        return attempt(new OutboundRequest(get ? "GET" : request.method(), target,
                request.headers().stream().filter(header -> keeps(header.getKey(), dropped, get)).toList(),
                request.sensitive(), get ? null : request.body()));
    }

    private static boolean keeps(String header, List<String> dropped, boolean withoutBody) {
        String name = header.toLowerCase(Locale.ROOT);
        return !dropped.contains(name) && !(withoutBody && name.startsWith("content-"));
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme()) && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** RFC 3986, section 5.2.2, where Java's class still follows an older one: a query alone keeps the path. */
    private static URI resolve(URI base, String location) {
        return location.startsWith("?") ? base.resolve(base.getRawPath() + location) : base.resolve(location);
    }

    static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private Throwable named(URI uri, Throwable failure) {
        if (ended != null) {
            return ended;
        }
        return failure instanceof Problem
                ? failure
                : Problem.upstream("The back end " + uri.getHost() + " could not be reached: " + failure.getMessage(),
                        failure);
    }
}
