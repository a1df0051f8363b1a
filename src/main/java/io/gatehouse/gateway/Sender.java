package io.gatehouse.gateway;

import io.gatehouse.gateway.stream.OpenStreams;
import io.gatehouse.gateway.stream.Pour;
import io.gatehouse.gateway.stream.StreamSettings;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Writes replies. */
@Singleton
class Sender {

    private final StreamSettings settings;
    private final OpenStreams streams;

    @Inject
    Sender(StreamSettings settings, OpenStreams streams) {
        this.settings = settings;
        this.streams = streams;
    }

    void send(HttpServerRequest request, Body body, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            if (reply instanceof Reply.Stream stream) {
                stream.leave();
            }
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (reply instanceof Reply.Stream stream) {
            Pour.begin(settings, streams, request, stream);
            return;
        }
        boolean giveUp = !body.isComplete();
        if (giveUp && request.version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close");
        }
        Future<Void> sent = reply instanceof Reply.Json json
                ? response.putHeader("Content-Type", "application/json").end(json.body())
                : response.end();
        if (giveUp) {
            // Nobody reads the rest of the body, so the client must not go on sending it.
            sent.onComplete(done -> Pour.breakOff(request));
        }
    }
}
