package io.gatehouse.journal.chain;

import io.smallrye.mutiny.Uni;

/** Signs checkpoints: the wall between the journal and the keys of the deployment. */
public interface CheckpointKeys {

    /** The type in the header, by which no checkpoint is taken for a token. */
    String TYPE = "gatehouse-checkpoint";

    /**
     * What was signed.
     *
     * @param jws in compact form, with {@link #TYPE} and the key's id in its header
     * @param jwk the public half of the key
     */
    record Signed(String jws, String keyId, String jwk) {
    }

    Uni<Signed> sign(String payload);
}
