package io.gatehouse.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Sends requests exactly as they are written, over connections that stay open, and keeps the answers as bytes. */
public final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;

    public Wire(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** @param body null for none */
    public record Request(String method, String target, Map<String, String> headers, byte[] body) {

        public static Request of(String method, String target) {
            return new Request(method, target, Map.of(), null);
        }

        public Request header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Request(method, target, more, body);
        }

        public Request json(Object content) {
            try {
                byte[] bytes = content instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : JSON.writeValueAsBytes(content);
                return new Request(method, target, headers, bytes).header("Content-Type", "application/json");
            } catch (IOException e) {
                throw new IllegalArgumentException(e);
            }
        }

        public String path() {
            return target.replaceFirst("\\?.*", "");
        }

        /** The request as a command of a POSIX shell; bytes that are no plain text come from {@code printf}. */
        public String curl(String baseUrl) {
            List<String> words = new ArrayList<>(List.of("curl -i -X " + method, quoted(baseUrl + target)));
            headers.forEach((name, value) -> words.add("-H " + quoted(name + ": " + value)));
            if (body == null) {
                return String.join(" ", words);
            }
            String text = new String(body, StandardCharsets.ISO_8859_1);
            if (text.matches("[\\x20-\\x7e]*")) {
                return String.join(" ", words) + " --data-binary " + quoted(text);
            }
            StringBuilder octal = new StringBuilder();
            text.chars().forEach(
                    c -> octal.append(c < 0x20 || c > 0x7e || c == '\\' || c == '%' || c == '\''
                            ? String.format("\\%03o", c)
                            : Character.toString(c)));
            return "printf '" + octal + "' | " + String.join(" ", words) + " --data-binary @-";
        }

        private static String quoted(String word) {
            return "'" + word.replace("'", "'\\''") + "'";
        }
    }

    /** An answer as it came. */
    public record Answer(int status, HttpHeaders headers, byte[] body) {

        public String contentType() {
            return headers.firstValue("Content-Type").orElse(null);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The body, or a missing node when it is no JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }
    }

    public Answer send(Request request) {
        return sendAsync(request).join();
    }

    public CompletableFuture<Answer> sendAsync(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(baseUrl + request.target()))
                .timeout(LONGEST_WAIT).method(request.method(), request.body() == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(builder::header);
        return client.sendAsync(builder.build(), BodyHandlers.ofByteArray()).thenApply(Wire::answer);
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }
}
