package io.gatehouse.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.MultiMap;

/** Where a request comes from, whoever says what. // P-16 */
class ClientAddressTest {

    private static final ClientAddress BEHIND_PROXIES = new ClientAddress(
            Optional.of(List.of("10.0.0.0/8", "2001:db8:aaaa::/48")));

    private static Arrival arrival(String peer, String... forwarded) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String line : forwarded) {
            headers.add("x-forwarded-for", line);
        }
        return new Arrival(peer, "localhost", "handle", "POST", headers, null, null, null, new Observation("request"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "192.0.2.1", "10.0.0.1", "127.0.0.1", "::1", "unknown" })
    void believesNobodyWhereNoProxyIsTrusted(String forged) {
        assertEquals("203.0.113.9", new ClientAddress(Optional.empty()).of(arrival("203.0.113.9", forged)));
        assertEquals("203.0.113.9", BEHIND_PROXIES.of(arrival("203.0.113.9", forged)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "192.0.2.1|192.0.2.1", "192.0.2.9, 192.0.2.1|192.0.2.1",
            "10.9.9.9, 192.0.2.1|192.0.2.1", "192.0.2.1, 10.0.0.2, 10.0.0.3|192.0.2.1", "192.0.2.1,10.0.0.2|192.0.2.1",
            "10.0.0.2|10.0.0.2", "10.0.0.3, 10.0.0.2|10.0.0.3", "garbage, 192.0.2.1|192.0.2.1", ", 192.0.2.1, |192.0.2.1",
            "192.0.2.1:4711|192.0.2.1", "2001:db8::1|2001:db8::1", "[2001:DB8::1]|2001:db8::1",
            "[2001:db8::1]:443|2001:db8::1", "::ffff:192.0.2.1|192.0.2.1", "[::ffff:c000:201]:80|192.0.2.1",
            "192.0.2.1, ::ffff:10.0.0.2|192.0.2.1", "192.0.2.1, 2001:db8:aaaa::7|192.0.2.1", "' '|10.0.0.1" })
    void takesTheNearestThatIsNoTrustedProxy(String forwarded, String client) {
        assertEquals(client, BEHIND_PROXIES.of(arrival("10.0.0.1", forwarded)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "unknown", "_hidden", "192.0.2.1, unknown", "192.0.2.1, 10.0.0.2, x", "192.0.2.0/24", "10.0.0.0/8",
            "192.0.2.1:port", "192.0.2.1:", "192.0.2.1:123456", "[192.0.2.1", "[::1]x", "[::1]:", "[", "1.2.3", "0x7f.0.0.1",
            "localhost", "'192.0.2.1'", "for=192.0.2.1", "192.0.2.1;10.0.0.1", "[]", "192.0.2.1 10.0.0.2", "%", ":80" })
    void knowsNoAddressWhereAProxySaysSomethingElse(String forwarded) {
        assertNull(BEHIND_PROXIES.of(arrival("10.0.0.1", forwarded)));
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        assertEquals("192.0.2.2", BEHIND_PROXIES.of(arrival("10.0.0.1", "192.0.2.1", "192.0.2.2, 10.0.0.2", "10.0.0.3")));
        assertEquals("192.0.2.1", BEHIND_PROXIES.of(arrival("2001:db8:aaaa::1", "192.0.2.1", "10.0.0.3")));
    }

    @Test
    void takesAProxyThatNamesNobodyForTheClient() {
        assertEquals("10.0.0.1", BEHIND_PROXIES.of(arrival("10.0.0.1")));
    }
}
