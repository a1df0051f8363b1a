package io.gatehouse.testing.input;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Specification;
import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.input.Inputs.Input;
import io.gatehouse.testing.input.Inputs.Kind;

/** Judges answers to all sorts of requests, and keeps count of them. */
public final class Verdicts {

    private static final Pattern INSIDES = Pattern.compile("(?m)^\\s*at [\\w.$/@]+\\(|\\b(?:java|javax|jakarta|com|org|io)"
            + "(?:\\.[a-z]\\w*){1,9}\\.[A-Z]\\w+|\\b[A-Z]\\w+Exception\\b");
    private static final int LONGEST_QUOTE = 300;
    private static final int LONGEST_REQUEST = 2_000;

    private final String baseUrl;
    private final String token;
    private final Map<String, Map<String, Integer>> totals = new TreeMap<>();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Map<String, String> examples = new LinkedHashMap<>();
    private final Map<String, Integer> faults = new LinkedHashMap<>();
    private int requests;

    public Verdicts(String baseUrl, String token) {
        this.baseUrl = baseUrl;
        this.token = token;
    }

    public void judge(Specification specification, Input input, Answer answer) {
        requests++;
        String operation = input.operation().method() + " " + input.operation().template();
        String status = answer.status() / 100 + "xx";
        totals.computeIfAbsent(operation, unknown -> new TreeMap<>()).merge(status, 1, Integer::sum);
        String kind = input.kind() + " " + answer.status();
        kinds.merge(kind, 1, Integer::sum);
        examples.putIfAbsent(kind, curl(input));
        for (String fault : faults(specification, input, answer)) {
            String name = operation + ": " + fault;
            faults.merge(name, 1, Integer::sum);
            examples.putIfAbsent(name, input.kind() + " " + curl(input) + "\n    -> "
                    + answer.status() + " " + shortened(answer.text(), LONGEST_QUOTE));
        }
    }

    /** As a command for a shell in which TOKEN is set. */
    private String curl(Input input) {
        return shortened(input.request().curl(baseUrl).replace("'Authorization: Bearer " + token + "'",
                "\"Authorization: Bearer $TOKEN\""), LONGEST_REQUEST);
    }

    private static List<String> faults(Specification specification, Input input, Answer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() >= 500) {
            faults.add("answers with " + answer.status());
        }
        if (input.kind() == Kind.AUTHORIZATION && answer.status() != 401) {
            faults.add("answers a stranger with " + answer.status());
        }
        if (input.kind() != Kind.AUTHORIZATION && answer.status() == 401) {
            faults.add("takes a client for a stranger");
        }
        if (input.kind() == Kind.CONTENT_TYPE && answer.status() / 100 == 2 && !isJson(input)) {
            faults.add("takes what is not said to be JSON");
        }
        Matcher insides = INSIDES.matcher(answer.text());
        if (answer.status() >= 400 && insides.find()) {
            faults.add("shows its insides: " + insides.group());
        }
        String path = input.request().path();
        if (answer.status() >= 400) {
            faults.addAll(path.startsWith("/v1/") ? celigo(answer) : workato(answer));
        }
        String asked = withoutDotSegments(path);
        if (specification.operation(input.request().method(), asked).isPresent()) {
            faults.addAll(specification.faults(input.request().method(), asked, answer));
        }
        return faults;
    }

    /**
     * What a server takes the path for (RFC 3986, 5.2.4): with two dots in it, it may be that of another operation, or of none.
     */
    private static String withoutDotSegments(String path) {
        return URI.create(path.replace("%2e", ".")).normalize().getRawPath();
    }

    private static boolean isJson(Input input) {
        return input.request().headers().getOrDefault("Content-Type", "").matches("application/(?:json|.*\\+json)(?:;.*)?");
    }

    private static List<String> workato(Answer answer) {
        JsonNode body = answer.json();
        return body.path("message").isTextual() && body.path("code").isTextual()
                ? List.of()
                : List.of("has no envelope with message and code around " + answer.status());
    }

    private static List<String> celigo(Answer answer) {
        JsonNode body = answer.json();
        if (answer.status() == 401) {
            return body.size() == 1 && body.path("message").isTextual()
                    ? List.of()
                    : List.of("says 401 with more or less than a message");
        }
        boolean good = body.path("errors").isArray() && !body.path("errors").isEmpty();
        for (JsonNode error : body.path("errors")) {
            good &= error.path("message").isTextual();
        }
        return good ? List.of() : List.of("has no errors with messages in " + answer.status());
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "... (" + text.length() + " characters)";
    }

    public String summary() {
        Map<String, Integer> classes = new TreeMap<>();
        totals.values().forEach(counts -> counts.forEach((status, n) -> classes.merge(status, n, Integer::sum)));
        return requests + " requests to " + totals.size() + " operations: " + classes + ", without a success: "
                + totals.values().stream().filter(counts -> !counts.containsKey("2xx")).count() + ", faults of "
                + faults.size() + " sorts";
    }

    /** Every sort of fault with how often it was met and its first request. */
    public String findings() {
        StringBuilder text = new StringBuilder();
        faults.forEach((fault, times) -> text.append(fault).append(" (").append(times).append(" times)\n    ")
                .append(examples.get(fault)).append('\n'));
        return text.toString();
    }

    public boolean areGood() {
        return faults.isEmpty();
    }

    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(summary()).append("\n\n");
        totals.forEach((operation, counts) -> text.append(operation).append("  ").append(counts).append('\n'));
        text.append('\n');
        kinds.forEach((kind, count) -> text.append(kind).append("  ").append(count).append("  ")
                .append(shortened(examples.get(kind), LONGEST_QUOTE)).append('\n'));
        Files.writeString(file, text.append('\n').append(findings()));
    }
}
