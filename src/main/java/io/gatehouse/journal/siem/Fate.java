package io.gatehouse.journal.siem;

/**
 * What came of an event.
 *
 * @param reason null for what was taken
 */
record Fate(Kind kind, String reason) {

    enum Kind {
        TAKEN,
        /** It may be taken another time. */
        AGAIN,
        /** It will never be. */
        REFUSED
    }

    static final Fate TAKEN = new Fate(Kind.TAKEN, null);

    static Fate again(String reason) {
        return new Fate(Kind.AGAIN, reason);
    }

    static Fate refused(String reason) {
        return new Fate(Kind.REFUSED, reason);
    }
}
