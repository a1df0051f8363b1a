package io.gatehouse.platform.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the calls that wait need under one key, for the next statement. A call that would probably be refused under one
 * key asks there alone at first, so that it takes nothing from others under its other keys.
 */
final class Need {

    private final long free;
    private final long left;
    private long kept;
    private long wanted;

    /**
     * @param free what this replica has
     * @param left what the engine had when it was asked last
     */
    Need(long free, long left) {
        this.free = free;
        this.left = left;
    }

    /** To be asked for. */
    long wanted() {
        return wanted;
    }

    /** Of what is free, for calls that wait. */
    long kept() {
        return kept;
    }

    private boolean isMet() {
        if (kept < free) {
            kept++;
            return true;
        }
        return false;
    }

    private boolean isScarce() {
        return wanted >= left;
    }

    /**
     * The call needs one of each account. A limit may be two for a moment, while it is changed; the later one has to wait
     * for the next statement.
     */
    static <C extends Account> void add(List<C> accounts, List<Long> capacities, Map<C, Need> needs, long now) {
        for (int i = 0; i < accounts.size(); i++) {
            if (needs.containsKey(accounts.get(i)) && accounts.get(i).capacity() != capacities.get(i)) {
                return;
            }
        }
        List<Need> ofCall = new ArrayList<>(accounts.size());
        for (int i = 0; i < accounts.size(); i++) {
            accounts.get(i).limit(capacities.get(i));
            ofCall.add(needs.computeIfAbsent(accounts.get(i), account -> account.need(now)));
        }
        List<Need> lacking = ofCall.stream().filter(need -> !need.isMet()).toList();
        List<Need> scarce = lacking.stream().filter(Need::isScarce).toList();
        (scarce.isEmpty() ? lacking : scarce).forEach(need -> need.wanted++);
    }
}
