package io.gatehouse.gateway.stage;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.Turn;
import io.gatehouse.gateway.protocol.Classifier;
import io.gatehouse.gateway.protocol.Edge;
import io.gatehouse.gateway.protocol.Message;
import io.gatehouse.gateway.protocol.MessageReader;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Reads the message and finds the edge that speaks its era. */
@Singleton
public class Join {

    private final MessageReader reader;
    private final Classifier classifier;
    private final long maxRequestSize;

    @Inject
    Join(MessageReader reader, Classifier classifier,
            @ConfigProperty(name = "gatehouse.gateway.max-request-size", defaultValue = "4M") MemorySize maxRequestSize) {
        this.reader = reader;
        this.classifier = classifier;
        this.maxRequestSize = maxRequestSize.asLongValue();
    }

    /** Fails with a {@link io.gatehouse.gateway.protocol.Fault} for what is no message of any era. */
    public Uni<Turn> attach(Known known) {
        Arrival arrival = known.located().arrival();
        Message.check(arrival);
        return arrival.body().read(maxRequestSize).map(body -> {
            Message message = reader.read(arrival.method(), body);
            arrival.observation().message(message.method(), message.id());
            Edge edge = classifier.edge(arrival, message);
            arrival.observation().edge(edge);
            Turn turn = new Turn(known, message, body, edge);
            arrival.observation().turn(turn);
            return turn;
        });
    }
}
