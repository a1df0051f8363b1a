package io.gatehouse.upstreams;

import java.util.function.Supplier;

import io.gatehouse.connections.Scheme;
import io.gatehouse.kernel.Problem;

/**
 * The credential that an upstream is to be shown: of a connection that is there, or of one to be made.
 *
 * @param connectionId null for a new one
 * @param scheme of a new one; {@link Scheme#NONE} for no credential
 * @param secret of a new one; null for the one that is there, if it is shown like that
 */
public record CredentialWish(Long connectionId, Scheme scheme, String secret) {

    boolean lacksSecret() {
        return connectionId == null && scheme.kind() != Scheme.Kind.NONE && secret == null;
    }

    /** What fails with the words of a connection's input fails with those of the remote's. */
    public static CredentialWish made(Supplier<CredentialWish> reading) {
        try {
            return reading.get();
        } catch (Problem problem) {
            throw inWordsOfRemotes(problem);
        }
    }

    /** {@code input.name} of a connection is {@code remote.auth.name} here. */
    static Problem inWordsOfRemotes(Problem problem) {
        return problem.details().isEmpty() ? problem
                : Problem.invalid(problem.details().stream()
                        .map(detail -> new Problem.Detail(renamed(detail.field()), detail.code(), renamed(detail.message())))
                        .toList());
    }

    private static String renamed(String text) {
        return text.startsWith("input") ? "remote.auth" + text.substring("input".length())
                : text.startsWith("connection_id") ? "remote." + text : text;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return connectionId == null ? "a new connection" : "connection " + connectionId;
    }
}
