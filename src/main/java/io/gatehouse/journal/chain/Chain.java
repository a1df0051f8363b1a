package io.gatehouse.journal.chain;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Follows one workspace's chain from row to row, in the order of their places, and tells what does not fit. After a fault it
 * goes on from what is there, so that one edit is one fault.
 */
final class Chain {

    private static final long UNKNOWN = -1;

    private final long workspace;
    private final TrustedKeys keys;
    private final TreeMap<Long, String> expected;
    private final Consumer<Fault> faults;

    private long last;
    private String hash;
    private long signed;

    private Chain(long workspace, TrustedKeys keys, Map<Long, String> expected, Consumer<Fault> faults, long last, String hash,
            long signed) {
        this.workspace = workspace;
        this.keys = keys;
        this.expected = new TreeMap<>(expected);
        this.faults = faults;
        this.last = last;
        this.hash = hash;
        this.signed = signed;
    }

    /** @param expected hashes by their place, as somebody knows them */
    static Chain fromItsBeginning(long workspace, TrustedKeys keys, Map<Long, String> expected, Consumer<Fault> faults) {
        return new Chain(workspace, keys, expected, faults, 0, "", 0);
    }

    /** From a checkpoint, whose own entry counts as good when the signature is. */
    static Chain fromCheckpoint(long workspace, long seq, TrustedKeys keys, Consumer<Fault> faults) {
        return new Chain(workspace, keys, Map.of(), faults, seq - 1, null, UNKNOWN);
    }

    long last() {
        return last;
    }

    /** Of the last link. */
    String hash() {
        return hash;
    }

    /** Where the last checkpoint is, or 0. */
    long signed() {
        return signed;
    }

    void follow(ChainRow row) {
        if (row.seq() == null) {
            fault(null, "entry " + row.entry().id() + " is in no chain: it was inserted beside it, or its link was removed");
        } else if (row.hash() == null) {
            fault(row.seq(), "there is a checkpoint, but no link: the chain was cut, or a link was removed");
        } else {
            followLink(row);
        }
    }

    private void followLink(ChainRow row) {
        long seq = row.seq();
        if (seq <= last) {
            fault(seq, "a link that stands here twice, or not in its order");
            hash = null;
        } else if (seq > last + 1) {
            fault(last + 1, last + 2 == seq ? "the link was removed" : "the links from here to " + (seq - 1) + " were removed");
            hash = null;
        }
        if (row.version() != ChainEntry.VERSION) {
            fault(seq, "a link of version " + row.version() + ", which this Gatehouse does not know");
        } else if (row.entry() == null) {
            fault(seq, "the entry was removed");
        } else if (hash != null && !row.entry().hash(hash, seq).equals(row.hash())) {
            fault(seq, "entry " + row.entry().id() + " was edited, replaced, moved or inserted");
        }
        last = seq;
        hash = row.hash();
        if (row.checkpoint() != null) {
            checkpoint(seq, row.checkpoint());
        }
        String known = expected.remove(seq);
        if (known != null && !known.equals(hash)) {
            fault(seq, "not the hash that is expected: everything up to here may have been written anew");
        }
    }

    private void checkpoint(long seq, String jws) {
        Checkpoint checkpoint = keys.open(jws);
        if (checkpoint == null) {
            fault(seq, "the checkpoint is not signed by a key that is trusted");
            return;
        }
        if (checkpoint.workspace() != workspace || checkpoint.seq() != seq) {
            fault(seq, "the checkpoint is that of another place");
        } else if (!checkpoint.hash().equals(hash)) {
            fault(seq, "the checkpoint is of another chain: what is up to here was written anew");
        }
        if (signed != UNKNOWN && checkpoint.previous() != signed) {
            fault(seq, "the checkpoint follows one at " + checkpoint.previous() + ", but the last one is at " + signed);
        }
        signed = seq;
    }

    /** After the last row. */
    void end() {
        expected.keySet().forEach(seq -> fault(seq, "there is no link where one is expected: the chain ends at " + last));
    }

    private void fault(Long seq, String what) {
        faults.accept(new Fault(workspace, seq, what));
    }
}
