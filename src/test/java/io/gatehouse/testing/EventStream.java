package io.gatehouse.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

/** A stream of server-sent events, read as they come. */
public final class EventStream implements AutoCloseable {

    private static final long LONGEST_WAIT_SECONDS = 60;

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /**
     * One event; how the stream ended is one too.
     *
     * @param id null for none
     * @param data null when nothing comes any more
     */
    public record Event(String id, String data, boolean isBroken) {

        public boolean isEnd() {
            return data == null;
        }

        public JsonNode json() {
            return Agent.json(data);
        }
    }

    EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "events");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = null;
            String data = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty() && data != null) {
                    events.add(new Event(id, data, false));
                    id = null;
                    data = null;
                }
            }
            events.add(new Event(null, null, false));
        } catch (IOException e) {
            events.add(new Event(null, null, true));
        }
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** The next event, or the end. */
    public Event next() {
        try {
            Event event = events.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("Nothing came on the stream");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The method of the next message. */
    public String nextMethod() {
        Event event = next();
        return event.isEnd() ? event.toString() : event.json().path("method").asText();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
