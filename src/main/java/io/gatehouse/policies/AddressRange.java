package io.gatehouse.policies;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import io.gatehouse.kernel.Problem;

/** Reads addresses and CIDR ranges of both families, and nothing that only looks like one. */
final class AddressRange {

    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowAll(false).allowEmpty(false).allowMask(false).allowPrefixOnly(false).allowWildcardedSeparator(false)
            .allowSingleSegment(false).getIPv4AddressParametersBuilder().allow_inet_aton(false)
            .allowLeadingZeros(false).getParentBuilder().getIPv6AddressParametersBuilder().allowZone(false)
            .getParentBuilder().toParams();
    private static final int LONGEST = 50;

    private AddressRange() {
    }

    /**
     * In its shortest form; a range without the bits behind its prefix.
     *
     * @throws Problem INVALID on the field
     */
    static String normalized(String field, String text) {
        IPAddressString parsed = new IPAddressString(text == null || text.length() > LONGEST ? "?" : text.strip(), STRICT);
        try {
            IPAddress address = parsed.toAddress();
            if (address != null && !(address.isMultiple() && !address.isPrefixed())) {
                return (address.isPrefixed() ? address.toPrefixBlock() : address).toCanonicalString();
            }
        } catch (AddressStringException e) {
            // Told below, in our own words.
        }
        throw Problem.invalidField(field, "invalid_address", field + ": an IPv4 or IPv6 address or CIDR range is needed");
    }
}
