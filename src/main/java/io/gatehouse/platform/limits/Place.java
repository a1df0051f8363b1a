package io.gatehouse.platform.limits;

/** The place of one call among those at the same time; who takes it leaves it, however the call ends. */
public interface Place {

    /** The limit that has no place left, or null when the place is taken. */
    PlaceLimit exceeded();

    default boolean isTaken() {
        return exceeded() == null;
    }

    /** Once is enough, more do no harm; does nothing where no place is taken. */
    void leave();
}
