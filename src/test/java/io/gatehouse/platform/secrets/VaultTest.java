package io.gatehouse.platform.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Secrets at rest. */
class VaultTest {

    private final Vault vault = new Vault(Vault.newMasterKey());

    @Test
    void opensWhatItSealed() {
        String sealed = vault.seal("connection:1", "s3cret");

        assertEquals("s3cret", vault.open("connection:1", sealed));
        assertFalse(sealed.contains("s3cret"));
        assertNotEquals(sealed, vault.seal("connection:1", "s3cret"));
    }

    @Test
    void opensNothingForAnotherPurpose() {
        String sealed = vault.seal("connection:1", "s3cret");

        assertThrows(IllegalStateException.class, () -> vault.open("connection:2", sealed));
    }

    @Test
    void opensNothingWithAnotherKey() {
        String sealed = new Vault(Vault.newMasterKey()).seal("connection:1", "s3cret");

        assertThrows(IllegalStateException.class, () -> vault.open("connection:1", sealed));
    }

    @Test
    void opensNothingThatWasChanged() {
        String sealed = vault.seal("connection:1", "s3cret");
        char last = sealed.charAt(sealed.length() - 3);

        assertThrows(IllegalStateException.class, () -> vault.open("connection:1",
                sealed.substring(0, sealed.length() - 3) + (last == 'A' ? 'B' : 'A') + sealed.substring(
                        sealed.length() - 2)));
    }

    @Test
    void takesKeysOf32BytesOnly() {
        assertThrows(IllegalArgumentException.class, () -> new Vault("AAAA"));
        assertThrows(IllegalArgumentException.class, () -> new Vault("not base64!"));
    }
}
