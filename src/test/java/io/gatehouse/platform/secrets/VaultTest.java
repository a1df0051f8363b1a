package io.gatehouse.platform.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

/** Secrets at rest. */
class VaultTest {

    private final Vault vault = vault(Vault.newMasterKey());

    private static Vault vault(String key, String... others) {
        return new Vault(key, Optional.of(List.of(others)));
    }

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
        String sealed = vault(Vault.newMasterKey()).seal("connection:1", "s3cret");

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
        assertThrows(IllegalArgumentException.class, () -> vault("AAAA"));
        assertThrows(IllegalArgumentException.class, () -> vault("not base64!"));
    }

    @Test
    void opensWhatAnotherKeySealedAndSealsItAnew() {
        String before = Vault.newMasterKey();
        String now = Vault.newMasterKey();
        String sealed = vault(before).seal("connection:1", "s3cret");

        Vault between = vault(now, before);
        String anew = between.reseal(sealed);

        assertEquals("s3cret", between.open("connection:1", sealed));
        assertEquals("s3cret", vault(now).open("connection:1", anew));
        assertEquals(anew, between.reseal(anew));
        assertThrows(IllegalStateException.class, () -> vault(before).open("connection:1", anew));
        assertThrows(IllegalStateException.class, () -> vault(now).reseal(sealed));
    }

    @Test
    void canOpenBothWaysWhileReplicasHaveDifferentKeys() {
        String one = Vault.newMasterKey();
        String other = Vault.newMasterKey();

        assertEquals("s3cret", vault(one, other).open("p", vault(other, one).seal("p", "s3cret")));
        assertEquals("s3cret", vault(other, one).open("p", vault(one, other).seal("p", "s3cret")));
    }
}
