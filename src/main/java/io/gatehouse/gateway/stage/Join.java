package io.gatehouse.gateway.stage;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Classifier;
import io.gatehouse.gateway.protocol.Edge;
import io.gatehouse.gateway.protocol.Message;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads the message and finds the edge that speaks its era. */
@Singleton
public class Join {

    private final Classifier classifier;

    @Inject
    Join(Classifier classifier) {
        this.classifier = classifier;
    }

    /** @throws io.gatehouse.gateway.protocol.Fault for what is no message of any era */
    public Turn attach(Known known) {
        Arrival arrival = known.located().arrival();
        Message message = Message.read(arrival);
        arrival.observation().message(message.method(), message.id());
        Edge edge = classifier.edge(arrival, message);
        arrival.observation().era(edge.era());
        return new Turn(known, message, edge);
    }
}
