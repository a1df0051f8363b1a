package io.gatehouse.platform.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.platform.AddressRanges;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Decides which addresses Gatehouse may connect to: every public one, and those that the deployment allows by CIDR. The
 * ranges are the special-purpose registries of IANA (RFC 6890 and its updates).
 */
@Singleton
class AddressGuard {

    private static final String ALLOWED = "gatehouse.outbound.allowed-ranges";
    private static final AddressRanges NOT_PUBLIC = AddressRanges.of(List.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10",
            "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"));

    private final AddressRanges allowed;

    @Inject
    AddressGuard(@ConfigProperty(name = ALLOWED) Optional<List<String>> allowedRanges) {
        this.allowed = AddressRanges.parse(ALLOWED, allowedRanges.orElse(List.of()), Integer.MAX_VALUE);
    }

    /** Whether the deployment itself has named this address. */
    boolean names(InetAddress address) {
        return allowed.contain(address);
    }

    boolean permits(InetAddress address) {
        return allowed.contain(address) || !NOT_PUBLIC.contain(address);
    }
}
