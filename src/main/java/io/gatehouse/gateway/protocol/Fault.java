package io.gatehouse.gateway.protocol;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** A breach of the protocol: a JSON-RPC error, with the HTTP status that its era gives it. */
public final class Fault extends RuntimeException {

    static final int PARSE_ERROR = -32_700;
    static final int INVALID_REQUEST = -32_600;
    static final int METHOD_NOT_FOUND = -32_601;
    static final int INVALID_PARAMS = -32_602;
    static final int HEADER_MISMATCH = -32_020;
    static final int UNSUPPORTED_VERSION = -32_022;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final transient JsonNode data;
    private final transient Map<String, String> headers;

    private Fault(int status, int code, String message, JsonNode data, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.data = data;
        this.headers = headers;
    }

    Fault(int status, int code, String message) {
        this(status, code, message, null, Map.of());
    }

    Fault(int status, int code, String message, JsonNode data) {
        this(status, code, message, data, Map.of());
    }

    /** For parameters that a handler refuses, which is HTTP 200 in both eras. */
    public static Fault inBand(String message) {
        return new Fault(200, INVALID_PARAMS, message);
    }

    /** For what goes wrong behind a request, which is HTTP 200 in both eras. */
    public static Fault inBand(int code, String message) {
        return new Fault(200, code, message);
    }

    /** The client wants no answer any more, and gets this one; HTTP 200 as for all errors of the legacy era. */
    public static Fault cancelled() {
        return new Fault(200, 1_499, "The request was cancelled");
    }

    /** @param challenge the {@code WWW-Authenticate} header */
    public static Fault unauthenticated(String message, String challenge) {
        return new Fault(401, 1_401, message, null, Map.of("WWW-Authenticate", challenge));
    }

    /** @param challenge the {@code WWW-Authenticate} header */
    public static Fault forbidden(String message, String challenge) {
        return new Fault(403, 1_403, message, null, Map.of("WWW-Authenticate", challenge));
    }

    /** For a limit of the server's policy, which every client sees at the level of HTTP. */
    public static Fault limited(String message, JsonNode data) {
        return new Fault(429, 1_429, message, data, Map.of());
    }

    /** For calls that can't be counted now, and must be. */
    public static Fault uncounted(String message, JsonNode data, Map<String, String> headers) {
        return new Fault(503, 1_503, message, data, headers);
    }

    /** The client must begin a new session (2025-11-25, Transports, Session Management). */
    public static Fault sessionNotFound() {
        return new Fault(404, 1_404, "Session not found");
    }

    /** @param status of the era */
    public static Fault methodNotFound(int status, String method) {
        return new Fault(status, METHOD_NOT_FOUND, "Method not found: " + method);
    }

    /** For a client that does not take the only type that there is. */
    static Fault notAcceptable(String type) {
        return new Fault(406, 1_406, "This is answered by a stream: Accept must list " + type);
    }

    /** For an HTTP method that means nothing here. */
    public static Fault notAllowed(String allowed) {
        return new Fault(405, 1_405, "Messages are sent by POST", null, Map.of("Allow", allowed));
    }

    public int status() {
        return status;
    }

    public int code() {
        return code;
    }

    /** @return null for none */
    public JsonNode data() {
        return data;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
