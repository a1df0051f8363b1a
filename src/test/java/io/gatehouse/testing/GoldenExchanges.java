package io.gatehouse.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;

/**
 * Requests and the answers that they must get, as text. An exchange is a request line, headers, an empty line and a body,
 * then {@code HTTP} with a status, headers, an empty line and a body of JSON; {@code ###} ends it, {@code #} begins a
 * comment. Without a body in the file the answer must have none; {@code <any>} takes each.
 */
public final class GoldenExchanges {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");

    /** One message of an exchange: its first line, headers and body. */
    private record Message(String start, Map<String, String> headers, String body) {
    }

    private record Exchange(Message request, Message answer) {
    }

    private final List<Exchange> exchanges = new ArrayList<>();

    private GoldenExchanges() {
    }

    public static GoldenExchanges read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static GoldenExchanges parse(String text) {
        GoldenExchanges golden = new GoldenExchanges();
        for (String part : text.split("(?m)^###.*$")) {
            String plain = part.replaceAll("(?m)^# .*\\R", "").strip();
            if (!plain.isEmpty()) {
                String[] messages = plain.split("(?m)^(?=HTTP \\d)");
                if (messages.length != 2) {
                    throw new IllegalArgumentException("Not a request and an answer: " + plain);
                }
                golden.exchanges.add(new Exchange(message(messages[0]), message(messages[1])));
            }
        }
        return golden;
    }

    private static Message message(String text) {
        String[] parts = text.split("\\R\\s*\\R", 2);
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> head = parts[0].lines().toList();
        for (String line : head.subList(1, head.size())) {
            String[] header = line.split(":", 2);
            headers.put(header[0].strip(), header[1].strip());
        }
        return new Message(head.get(0).strip(), headers, parts.length == 1 ? "" : parts[1].strip());
    }

    /** Plays all in order until one gets another answer than it must; what is wrong then, or nothing. */
    public List<String> play(Map<String, String> variables, Function<Request, Answer> wire) {
        for (Exchange exchange : exchanges) {
            Request request = request(exchange.request(), variables);
            Answer answer = wire.apply(request);
            List<String> faults = faults(exchange.answer(), answer, variables);
            if (!faults.isEmpty()) {
                List<String> report = new ArrayList<>(List.of(request.method() + " " + request.target()));
                report.addAll(faults);
                report.add("The answer was " + answer.status() + " " + answer.text());
                return report;
            }
        }
        return List.of();
    }

    private static Request request(Message message, Map<String, String> variables) {
        String[] start = filled(message.start(), variables).split(" ");
        Request request = Request.of(start[0], start[1]);
        if (!message.body().isEmpty()) {
            request = request.json(filled(message.body(), variables));
        }
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            request = request.header(header.getKey(), filled(header.getValue(), variables));
        }
        return request;
    }

    private static String filled(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll((MatchResult match) -> {
            String value = variables.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException(match.group() + " is not known yet");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static List<String> faults(Message expected, Answer answer, Map<String, String> variables) {
        Expectation expectation = new Expectation(variables);
        expectation.text("status", expected.start().replaceFirst("HTTP ", ""), Integer.toString(answer.status()));
        expected.headers().forEach((name, value) -> expectation.text(name, value,
                answer.headers().firstValue(name).orElse("absent")));
        if (expected.body().isEmpty()) {
            expectation.text("body", "", answer.text());
        } else if (!expected.body().equals("<any>")) {
            try {
                expectation.json("", JSON.readTree(filledNumbers(expected.body(), variables)), answer.json());
            } catch (IOException e) {
                throw new IllegalArgumentException("No JSON is expected here: " + expected.body(), e);
            }
        }
        return expectation.faults();
    }

    /** Variables that do not stand in quotes are numbers or whole values, and known. */
    private static String filledNumbers(String json, Map<String, String> variables) {
        return Pattern.compile("(?<=[:\\[,]\\s{0,20})\\{\\{(\\w+)}}").matcher(json)
                .replaceAll((MatchResult match) -> Matcher.quoteReplacement(filled(match.group(), variables)));
    }
}
