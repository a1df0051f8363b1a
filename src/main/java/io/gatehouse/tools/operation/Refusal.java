package io.gatehouse.tools.operation;

/** Why an operation can't become a tool. The message names the place in the document. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param place JSON Pointer (RFC 6901) into the document */
    Refusal(String place, String why) {
        super(Document.visible(place + ": " + why), null, false, false);
    }
}
