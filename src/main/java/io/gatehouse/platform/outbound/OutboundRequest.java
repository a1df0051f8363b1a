package io.gatehouse.platform.outbound;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vertx.core.buffer.Buffer;

/**
 * One request to the outside.
 *
 * @param headers in order, names as they are sent
 * @param sensitive lower-case names of the headers that must not follow a redirect to another origin
 * @param body null for none
 * @param mayBeRedirected whether a redirect is followed, or else an answer like any other
 */
public record OutboundRequest(String method, URI uri, List<Map.Entry<String, String>> headers, List<String> sensitive,
        Buffer body, boolean mayBeRedirected) {

    /** What the client of HTTP decides itself, in lower case: neither a document nor a connection has a say in it. */
    public static final Set<String> RESERVED_HEADERS = Set.of("host", "content-length", "transfer-encoding",
            "connection", "upgrade", "te", "trailer", "keep-alive", "proxy-authorization", "proxy-connection", "expect",
            "cookie");

    public OutboundRequest(String method, URI uri, List<Map.Entry<String, String>> headers, List<String> sensitive,
            Buffer body) {
        this(method, uri, headers, sensitive, body, true);
    }

    /** The same with these headers, which take the place of those of the same names. */
    public OutboundRequest with(List<Map.Entry<String, String>> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.removeIf(header -> more.stream().anyMatch(other -> other.getKey().equalsIgnoreCase(header.getKey())));
        all.addAll(more);
        return new OutboundRequest(method, uri, all, sensitive, body, mayBeRedirected);
    }

    /** Without headers and query, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getHost() + uri.getRawPath();
    }
}
