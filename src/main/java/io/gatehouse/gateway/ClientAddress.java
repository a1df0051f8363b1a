package io.gatehouse.gateway;

import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.platform.AddressRanges;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Tells where a request comes from. Proxies that the deployment trusts are asked who came to them, by the one header to which
 * each adds on the right; what a stranger, or a client behind them, writes into it is never believed.
 */
@Singleton
public class ClientAddress {

    private static final String TRUSTED = "gatehouse.trusted-proxies";
    private static final String HEADER = "X-Forwarded-For";

    private final AddressRanges trusted;

    @Inject
    ClientAddress(@ConfigProperty(name = TRUSTED) Optional<List<String>> proxies) {
        this.trusted = AddressRanges.parse(TRUSTED, proxies.orElse(List.of()), Integer.MAX_VALUE);
    }

    /** The nearest address that is no trusted proxy; null where a trusted proxy says something that is none. */
    public String of(Arrival arrival) {
        String address = arrival.peer();
        if (trusted.isEmpty() || !trusted.contain(address)) {
            return address;
        }
        List<String> lines = arrival.headers().getAll(HEADER);
        for (int line = lines.size() - 1; line >= 0; line--) {
            String text = lines.get(line);
            for (int end = text.length(); end >= 0;) {
                int comma = text.lastIndexOf(',', end - 1);
                String element = text.substring(comma + 1, end).strip();
                end = comma;
                if (!element.isEmpty()) {
                    address = literal(element);
                    if (address == null || !trusted.contain(address)) {
                        return address;
                    }
                }
            }
        }
        return address;
    }

    /** Some proxies add a port, and put brackets around IPv6 addresses. */
    private static String literal(String element) {
        int close = element.indexOf(']');
        if (element.charAt(0) == '[' && close > 0) {
            return isPort(element, close + 1) ? AddressRanges.literal(element.substring(1, close)) : null;
        }
        int colon = element.indexOf(':');
        boolean hasPort = colon > 0 && element.indexOf(':', colon + 1) < 0 && isPort(element, colon);
        return AddressRanges.literal(hasPort ? element.substring(0, colon) : element);
    }

    /** Whether what is left is a port, or nothing. */
    private static boolean isPort(String element, int from) {
        if (from == element.length()) {
            return true;
        }
        boolean is = element.charAt(from) == ':' && element.length() > from + 1 && element.length() <= from + 6;
        for (int i = from + 1; is && i < element.length(); i++) {
            is = element.charAt(i) >= '0' && element.charAt(i) <= '9';
        }
        return is;
    }
}
