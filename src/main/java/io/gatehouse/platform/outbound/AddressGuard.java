package io.gatehouse.platform.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Decides which addresses Gatehouse may connect to: every public one, and those that the deployment allows by CIDR. The
 * ranges are the special-purpose registries of IANA (RFC 6890 and its updates).
 */
@Singleton
class AddressGuard {

    private static final List<IPAddress> NOT_PUBLIC = Stream.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10",
            "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8")
            .map(AddressGuard::range).toList();

    private final List<IPAddress> allowed;

    @Inject
    AddressGuard(@ConfigProperty(name = "gatehouse.outbound.allowed-ranges") Optional<List<String>> allowedRanges) {
        this.allowed = allowedRanges.orElse(List.of()).stream().map(AddressGuard::range).toList();
    }

    boolean permits(InetAddress address) {
        IPAddress candidate = unmapped(new IPAddressGenerator().from(address));
        return contains(allowed, candidate) || !contains(NOT_PUBLIC, candidate);
    }

    /** An IPv4 address that is dressed as IPv6 (::ffff:a.b.c.d) is judged as what it is. */
    private static IPAddress unmapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }

    private static boolean contains(List<IPAddress> ranges, IPAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static IPAddress range(String cidr) {
        try {
            return new IPAddressString(cidr).toAddress().toPrefixBlock();
        } catch (AddressStringException e) {
            throw new IllegalArgumentException("gatehouse.outbound.allowed-ranges: not a range: " + cidr, e);
        }
    }
}
