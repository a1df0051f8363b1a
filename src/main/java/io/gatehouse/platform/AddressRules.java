package io.gatehouse.platform;

import java.util.List;

/** From where requests may come. */
public final class AddressRules {

    private final AddressRanges allowed;
    private final AddressRanges denied;

    private AddressRules(List<String> allowed, List<String> denied) {
        this.allowed = AddressRanges.of(allowed);
        this.denied = AddressRanges.of(denied);
    }

    /** @return null for from everywhere */
    public static AddressRules of(List<String> allowed, List<String> denied) {
        return allowed.isEmpty() && denied.isEmpty() ? null : new AddressRules(allowed, denied);
    }

    /**
     * @param address null for one that is not known, which no list of any kind lets in
     * @return the rule that refuses it, or null
     */
    public String refusing(String address) {
        if (!denied.isEmpty() && (address == null || denied.contain(address))) {
            return "ip_denylist";
        }
        return !allowed.isEmpty() && !allowed.contain(address) ? "ip_allowlist" : null;
    }
}
