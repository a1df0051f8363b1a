package io.gatehouse.platform;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.format.util.DualIPv4v6Tries;
import io.gatehouse.kernel.Problem;

/** A list of IP addresses and CIDR ranges, each in its normal form. */
public final class AddressRanges {

    private static final String OCTETS = "(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}";
    private static final Pattern FORM = Pattern.compile(
            "(?:" + OCTETS + "|[0-9a-fA-F:]*:[0-9a-fA-F:]*(?:" + OCTETS + ")?)(?:/(?:0|[1-9]\\d{0,2}))?");
    private static final int MAPPED_BITS = 96;

    private final List<IPAddress> ranges;
    /** Finds an address in as many steps as it has bits, however many ranges there are. */
    private final DualIPv4v6Tries tries = new DualIPv4v6Tries();

    private AddressRanges(List<IPAddress> ranges) {
        this.ranges = ranges;
        ranges.forEach(tries::add);
    }

    /**
     * @param most how many there may be
     * @throws Problem INVALID that names the wrong element
     */
    public static AddressRanges parse(String field, List<String> texts, int most) {
        if (texts.size() > most) {
            throw Problem.invalidField(field, "max", field + ": " + most + " at most");
        }
        List<IPAddress> ranges = new ArrayList<>();
        for (String text : texts) {
            IPAddress range = text == null ? null : range(text.strip());
            if (range == null) {
                String element = field + "." + ranges.size();
                throw Problem.invalidField(element, "invalid_field_value",
                        element + ": an IPv4 or IPv6 address or CIDR range is needed");
            }
            ranges.add(range);
        }
        return new AddressRanges(List.copyOf(new LinkedHashSet<>(ranges)));
    }

    /** Of texts that were parsed before. */
    public static AddressRanges of(List<String> texts) {
        return parse("ranges", texts, Integer.MAX_VALUE);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public List<String> texts() {
        return ranges.stream().map(IPAddress::toCanonicalString).toList();
    }

    /** The normal form of one literal address; null for anything else, such as a range. */
    public static String literal(String text) {
        IPAddress address = text.indexOf('/') < 0 ? range(text) : null;
        return address == null ? null : address.toCanonicalString();
    }

    /** Whether the literal address is in one of the ranges; null, or what is no address, is in none. */
    public boolean contain(String address) {
        IPAddress candidate = address == null ? null : range(address.replaceFirst("%.*", ""));
        return candidate != null && contain(candidate);
    }

    public boolean contain(InetAddress address) {
        return contain(unmapped(new IPAddressGenerator().from(address)));
    }

    private boolean contain(IPAddress address) {
        return tries.elementContains(address);
    }

    private static IPAddress range(String text) {
        if (!FORM.matcher(text).matches()) {
            return null;
        }
        try {
            IPAddress address = unmapped(new IPAddressString(text).toAddress());
            boolean isSingle = address.getNetworkPrefixLength() == null
                    || address.getNetworkPrefixLength() == address.getBitCount();
            return isSingle ? address.withoutPrefixLength() : address.toPrefixBlock();
        } catch (AddressStringException e) {
            return null;
        }
    }

    /** IPv4 that is dressed as IPv6 (::ffff:a.b.c.d) is taken as what it is. */
    private static IPAddress unmapped(IPAddress address) {
        Integer bits = address.getNetworkPrefixLength();
        if (!address.isIPv6() || !address.toIPv6().isIPv4Mapped() || bits != null && bits < MAPPED_BITS) {
            return address;
        }
        IPAddress plain = address.toIPv6().getEmbeddedIPv4Address().withoutPrefixLength();
        return bits == null ? plain : plain.setPrefixLength(bits - MAPPED_BITS);
    }
}
