package io.gatehouse.journal.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** One entry of the audit trail, with everything that its hash covers. */
public record ChainEntry(long id, long workspaceId, Instant createdAt, String actor, String source, String requestId,
        String address, String userAgent, String action, String resourceType, String resourceId, String resourceName,
        String changes) {

    /** The form in which the database hashes entries, {@code audit_hash}. */
    static final int VERSION = 1;

    /**
     * The hash of this entry at its place in the chain, in hexadecimal digits.
     *
     * @param previous the hash of the one before, or empty
     */
    String hash(String previous, long seq) {
        StringBuilder form = new StringBuilder("gatehouse-audit-1,");
        String[] fields = { Long.toString(seq), Long.toString(id), Long.toString(workspaceId),
                Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt)), actor, source, requestId, address,
                userAgent, action, resourceType, resourceId, resourceName, changes };
        for (String field : fields) {
            if (field == null) {
                form.append("-,");
            } else {
                form.append(field.getBytes(StandardCharsets.UTF_8).length).append(':').append(field).append(',');
            }
        }
        MessageDigest digest = sha256();
        digest.update(HexFormat.of().parseHex(previous));
        return HexFormat.of().formatHex(digest.digest(form.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
