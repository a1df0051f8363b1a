package io.gatehouse.gateway.protocol;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.gateway.Arrival;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Tells the era of a message. The claim in the body decides ({@code _meta} of 2026-07-28, Base Protocol); a header alone
 * never makes a message modern, but one that contradicts the body is refused.
 */
@Singleton
public class Classifier {

    private final LegacyEdge legacy;
    private final ModernEdge modern;

    @Inject
    Classifier(LegacyEdge legacy, ModernEdge modern) {
        this.legacy = legacy;
        this.modern = modern;
    }

    /** @throws Fault when header and body name different eras */
    public Edge edge(Arrival arrival, Message message) {
        String header = Headers.trimmed(arrival, Headers.VERSION);
        if (message.kind() == Message.Kind.RESPONSE) {
            return legacy;
        }
        if (message.kind() == Message.Kind.LISTEN || message.kind() == Message.Kind.END) {
            if (Versions.isModern(header)) {
                throw Fault.notAllowed("POST");
            }
            return legacy;
        }
        if (Methods.INITIALIZE.equals(message.method()) && message.kind() == Message.Kind.REQUEST
                && !Envelope.isValid(message)) {
            if (Versions.isModern(header)) {
                throw new Fault(400, Fault.HEADER_MISMATCH,
                        "The header names a revision that has no initialize handshake");
            }
            return legacy;
        }
        JsonNode claim = Envelope.claim(message);
        if (!claim.isMissingNode()) {
            return modern;
        }
        if (Versions.isModern(header)) {
            throw new Fault(400, Fault.INVALID_PARAMS,
                    "params._meta lacks " + Envelope.VERSION + " and " + Envelope.CAPABILITIES);
        }
        return legacy;
    }
}
