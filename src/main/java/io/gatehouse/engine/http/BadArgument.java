package io.gatehouse.engine.http;

/** An argument that fits its schema and still can't be put on the wire. */
final class BadArgument extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadArgument(String argument, String why) {
        super(argument + ": " + why, null, false, false);
    }
}
