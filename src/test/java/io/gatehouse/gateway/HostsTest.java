package io.gatehouse.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts are ours. */
class HostsTest {

    private final Hosts hosts = new Hosts("https://Gatehouse.example.com:8443/base",
            Optional.of(List.of("gateway.svc.cluster.local", " Other.example.com. ")));

    @ParameterizedTest
    @ValueSource(strings = { "gatehouse.example.com", "GATEHOUSE.example.COM.", "gateway.svc.cluster.local",
            "other.example.com", "localhost", "a.localhost", "gatehouse", "127.0.0.1", "10.1.2.3", "[::1]",
            "[::ffff:1.2.3.4]" })
    void takesItsOwnAndWhatNobodyCanOwn(String host) {
        assertTrue(hosts.allow(host));
    }

    @ParameterizedTest
    @ValueSource(strings = { "evil.test", "gatehouse.example.com.evil.test", "xgatehouse.example.com", "example.com",
            "127.0.0.1.evil.test", "localhost.evil.test", "evillocalhost.test", "1.2.3.4a" })
    void refusesOthers(String host) {
        assertFalse(hosts.allow(host));
    }
}
