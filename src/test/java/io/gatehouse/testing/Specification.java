package io.gatehouse.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.gatehouse.testing.Wire.Answer;

/** An OpenAPI document as a judge: says in which ways requests and answers depart from it. */
public final class Specification {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** @param pointer where it stands in the document */
    public record Operation(String id, String method, String template, String pointer, JsonNode node) {

        boolean matches(String verb, String path) {
            String pattern = ("\\Q" + template + "\\E").replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q");
            return method.equals(verb) && path.matches(pattern);
        }

        private long placeholders() {
            return template.chars().filter(c -> c == '{').count();
        }
    }

    private record Known(String name, Pattern fault) {
    }

    private final JsonNode document;
    private final Schemas schemas;
    private final List<Operation> operations = new ArrayList<>();
    private final Set<Integer> tolerated = new LinkedHashSet<>();
    private final List<Known> exceptions = new ArrayList<>();
    private final Map<String, Integer> excused = new TreeMap<>();

    private Specification(JsonNode document) {
        this.document = document;
        this.schemas = new Schemas(document);
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .forEach(entry -> operations.add(new Operation(entry.getValue().path("operationId").asText(),
                        entry.getKey().toUpperCase(Locale.ROOT), path.getKey(),
                        "/paths/" + escaped(path.getKey()) + "/" + entry.getKey(), entry.getValue()))));
        operations.sort(Comparator.comparingLong(Operation::placeholders));
    }

    /** @param text JSON or YAML */
    public static Specification parse(String text) {
        try {
            return new Specification(text.stripLeading().startsWith("{")
                    ? JSON.readTree(text)
                    : JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text)));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Specification load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Answers with these statuses are no fault where the operation does not declare them. */
    public Specification tolerating(Set<Integer> statuses) {
        tolerated.addAll(statuses);
        return this;
    }

    /** Faults that fit are counted under the name of the exception instead of being answered. */
    public Specification excepting(String name, String fault) {
        exceptions.add(new Known(name, Pattern.compile(fault, Pattern.DOTALL)));
        return this;
    }

    /** How often which exception was needed. */
    public synchronized Map<String, Integer> excused() {
        return new HashMap<>(excused);
    }

    public JsonNode document() {
        return document;
    }

    public List<Operation> operations() {
        return operations;
    }

    public Optional<Operation> operation(String method, String path) {
        return operations.stream().filter(operation -> operation.matches(method, path)).findFirst();
    }

    /** The parameters of an operation and of its path, by place and name. */
    public Map<String, JsonNode> parameters(Operation operation) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (JsonNode list : List.of(document.path("paths").path(operation.template()).path("parameters"),
                operation.node().path("parameters"))) {
            list.forEach(entry -> {
                JsonNode parameter = resolve(entry);
                parameters.put(parameter.path("in").asText() + " " + parameter.path("name").asText(), parameter);
            });
        }
        return parameters;
    }

    /** What the answer to a request does that the document does not say. */
    public List<String> faults(String method, String path, Answer answer) {
        Optional<Operation> found = operation(method, path);
        if (found.isEmpty()) {
            return List.of(method + " " + path + ": no such operation");
        }
        Operation operation = found.get();
        String place = operation.id() + " " + answer.status();
        return report(place, responseFaults(operation, answer));
    }

    /** What a request's body does that the document does not say. */
    public List<String> requestFaults(String method, String path, String contentType, byte[] body) {
        Optional<Operation> found = operation(method, path);
        if (found.isEmpty()) {
            return List.of(method + " " + path + ": no such operation");
        }
        String pointer = target(found.get().pointer() + "/requestBody");
        return report(found.get().id() + " request", contentFaults(pointer + "/content", contentType, body));
    }

    private List<String> responseFaults(Operation operation, Answer answer) {
        JsonNode responses = operation.node().path("responses");
        String status = Integer.toString(answer.status());
        String declared = List.of(status, status.charAt(0) + "XX", "default").stream().filter(responses::has).findFirst()
                .orElse(null);
        if (declared == null) {
            return tolerated.contains(answer.status()) ? List.of() : List.of("the status is not declared");
        }
        String pointer = target(operation.pointer() + "/responses/" + declared);
        if (document.at(pointer).path("content").isEmpty()) {
            return answer.body().length == 0 ? List.of() : List.of("no body is declared");
        }
        return contentFaults(pointer + "/content", answer.contentType(), answer.body());
    }

    private List<String> contentFaults(String pointer, String contentType, byte[] body) {
        String type = contentType == null ? "none" : contentType.replaceFirst(";.*", "").strip();
        String declared = List.of(type, type.replaceFirst("/.*", "/*"), "*/*").stream()
                .filter(document.at(pointer)::has).findFirst().orElse(null);
        if (declared == null) {
            return List.of("the content type " + type + " is not declared");
        }
        String media = pointer + "/" + escaped(declared);
        if (!type.endsWith("json") || document.at(media).path("schema").isMissingNode()) {
            return List.of();
        }
        try {
            JsonNode value = JSON.readTree(body);
            return value.isMissingNode() ? List.of("the body is empty") : schemas.faults(media + "/schema", value);
        } catch (IOException e) {
            return List.of("the body is no JSON");
        }
    }

    private synchronized List<String> report(String place, List<String> faults) {
        List<String> left = new ArrayList<>();
        for (String fault : faults) {
            String sentence = place + ": " + fault;
            Optional<Known> exception = exceptions.stream().filter(e -> e.fault().matcher(sentence).find())
                    .findFirst();
            exception.ifPresentOrElse(e -> excused.merge(e.name(), 1, Integer::sum), () -> left.add(sentence));
        }
        return left;
    }

    /** What stands at a reference's end, or the node itself. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? resolve(document.at(node.get("$ref").asText().substring(1))) : node;
    }

    private String target(String pointer) {
        JsonNode reference = document.at(JsonPointer.compile(pointer)).path("$ref");
        return reference.isMissingNode() ? pointer : target(reference.asText().substring(1));
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
