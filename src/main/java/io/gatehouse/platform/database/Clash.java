package io.gatehouse.platform.database;

import java.sql.SQLException;

/** Recognises what PostgreSQL refuses because of other rows, which only it can judge when requests race. */
public final class Clash {

    private static final String UNIQUE = "23505";
    private static final String FOREIGN_KEY = "23503";
    private static final String DEADLOCK = "40P01";
    private static final String SERIALIZATION = "40001";

    private Clash() {
    }

    /** Whether the failure comes from a row that this unique index already has. */
    public static boolean isTaken(Throwable failure, String index) {
        SQLException refusal = refusal(failure);
        return refusal != null && UNIQUE.equals(refusal.getSQLState()) && refusal.getMessage().contains(index);
    }

    /** Whether the failure comes from a row that is gone but referred to, or referred to but gone. */
    public static boolean isReference(Throwable failure) {
        SQLException refusal = refusal(failure);
        return refusal != null && FOREIGN_KEY.equals(refusal.getSQLState());
    }

    /** Whether the transaction was given up in favour of another one, and may be tried again. */
    public static boolean isOvertaken(Throwable failure) {
        SQLException refusal = refusal(failure);
        return refusal != null
                && (DEADLOCK.equals(refusal.getSQLState()) || SERIALIZATION.equals(refusal.getSQLState()));
    }

    private static SQLException refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
