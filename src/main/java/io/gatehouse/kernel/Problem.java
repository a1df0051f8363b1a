package io.gatehouse.kernel;

import java.time.Duration;
import java.util.List;

/**
 * The one way to say that something can't be done. Thrown anywhere, rendered at the doors, each in its own dialect. The
 * message and the details are safe to show; the cause is only for the log.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What a door needs to choose a status. */
    public enum Kind {
        /** It can't be read at all. */
        MALFORMED,
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        /** The caller's If-Match does not hold. */
        STALE,
        TOO_LARGE,
        LIMITED,
        UPSTREAM,
        TIMEOUT,
        UNAVAILABLE
    }

    /** One fault of an input; {@code field} is a dotted path with array indexes, such as {@code tools.0.id}. */
    public record Detail(String field, String code, String message) {
    }

    private final Kind kind;
    private final String code;
    private final transient List<Detail> details;
    private final Duration retryAfter;

    private Problem(Kind kind, String code, String message, List<Detail> details, Duration retryAfter,
            Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
        this.code = code;
        this.details = details;
        this.retryAfter = retryAfter;
    }

    private static Problem of(Kind kind, String code, String message) {
        return new Problem(kind, code, message, List.of(), null, null);
    }

    /** Input that can't be read, such as a body that is no JSON. */
    public static Problem malformed(String code, String message) {
        return of(Kind.MALFORMED, code, message);
    }

    /** Input that does not fit; {@code code} is stable and for machines. */
    public static Problem invalid(String code, String message) {
        return of(Kind.INVALID, code, message);
    }

    /** Input with a single wrong field. */
    public static Problem invalidField(String field, String code, String message) {
        return new Problem(Kind.INVALID, "validation_failed", message, List.of(new Detail(field, code, message)), null,
                null);
    }

    /** Input with several wrong fields. */
    public static Problem invalid(List<Detail> details) {
        return new Problem(Kind.INVALID, "validation_failed", details.get(0).message(), details, null, null);
    }

    /** The same of a part of the input; {@code part} is a dotted path. */
    public Problem within(String part) {
        return new Problem(kind, code, part + '.' + getMessage(), details.stream().map(
                detail -> new Detail(part + '.' + detail.field(), detail.code(), part + '.' + detail.message())).toList(),
                retryAfter, getCause());
    }

    public static Problem unauthenticated(String message) {
        return of(Kind.UNAUTHENTICATED, "unauthorized", message);
    }

    public static Problem forbidden(String message) {
        return of(Kind.FORBIDDEN, "forbidden", message);
    }

    /** The thing is absent or invisible to the caller, which must look the same. */
    public static Problem notFound(String what) {
        return of(Kind.NOT_FOUND, "not_found", what + " not found");
    }

    public static Problem conflict(String code, String message) {
        return of(Kind.CONFLICT, code, message);
    }

    public static Problem stale() {
        return of(Kind.STALE, "precondition_failed", "It was changed meanwhile: If-Match does not name what is there now");
    }

    public static Problem limited(String message, Duration retryAfter) {
        return new Problem(Kind.LIMITED, "rate_limit_exceeded", message, List.of(), retryAfter, null);
    }

    public static Problem tooLarge(String message) {
        return of(Kind.TOO_LARGE, "too_large", message);
    }

    public static Problem upstream(String message, Throwable cause) {
        return new Problem(Kind.UPSTREAM, "upstream_failed", message, List.of(), null, cause);
    }

    /** What is wrong with a back end that can be reached; {@code code} is stable and for machines. */
    public static Problem upstreamFault(String code, String message) {
        return of(Kind.UPSTREAM, code, message);
    }

    public static Problem timeout(String message) {
        return of(Kind.TIMEOUT, "timeout", message);
    }

    /** Gatehouse itself can't answer now; the caller may try again after a moment. */
    public static Problem unavailable(String message, Throwable cause) {
        return new Problem(Kind.UNAVAILABLE, "unavailable", message, List.of(), Duration.ofSeconds(1), cause);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public List<Detail> details() {
        return details;
    }

    /** How long the caller should wait, or null. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
