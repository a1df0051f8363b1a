package io.gatehouse.engine;

import java.math.BigDecimal;

/** Hears how far a call has come. Called in order, on an event loop, and never after the call's end. */
public interface Progress {

    /**
     * @param progress grows with each report
     * @param total what it grows to, or null
     * @param message for people, or null
     */
    void report(BigDecimal progress, BigDecimal total, String message);
}
