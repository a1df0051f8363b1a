package io.gatehouse.access.tokens;

/** A token as it is kept: the digest of {@link TokenDigest}, never the token. */
public record McpToken(long id, String digest) {
}
