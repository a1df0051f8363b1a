package io.gatehouse.journal.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Goes through all rows of all workspaces, in their order, and tells what it finds in lines for people. */
public final class Verification {

    private static final int MOST_TOLD = 1_000;

    private final TrustedKeys keys;
    private final Map<Long, Map<Long, String>> expected;
    private final Consumer<String> out;

    private long faults;
    private long workspace;
    private Chain chain;

    public Verification(TrustedKeys keys, Expectations expected, Consumer<String> out) {
        this.keys = keys;
        this.expected = new HashMap<>(expected.byWorkspace());
        this.out = out;
    }

    public void accept(ChainRow row) {
        if (chain == null || row.workspace() != workspace) {
            close();
            begin(row.workspace());
        }
        chain.follow(row);
    }

    /** After the last row: whether all is well. */
    public boolean end() {
        close();
        Map.copyOf(expected).keySet().forEach(missing -> {
            begin(missing);
            close();
        });
        out.accept(faults == 0 ? "All is well." : faults + (faults == 1 ? " fault." : " faults."));
        return faults == 0;
    }

    private void begin(long id) {
        workspace = id;
        Map<Long, String> known = expected.remove(id);
        chain = Chain.fromItsBeginning(id, keys, known == null ? Map.of() : known, this::note);
    }

    private void note(Fault fault) {
        faults++;
        if (faults <= MOST_TOLD) {
            out.accept(fault.toString());
        } else if (faults == MOST_TOLD + 1) {
            out.accept("More than " + MOST_TOLD + " faults; the others are only counted.");
        }
    }

    private void close() {
        if (chain == null) {
            return;
        }
        chain.end();
        out.accept("Workspace " + workspace + ": " + chain.last() + " entries, the first " + chain.signed()
                + " of them signed. To expect this later: " + workspace + ":" + chain.last() + ":" + chain.hash());
        chain = null;
    }
}
