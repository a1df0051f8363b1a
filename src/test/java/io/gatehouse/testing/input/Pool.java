package io.gatehouse.testing.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.testing.Specification.Operation;
import io.gatehouse.testing.Wire.Answer;

/** What earlier answers told: the latest ids and other values, by the name of their field and by their collection. */
public final class Pool {

    private static final int MOST = 50;
    private static final Pattern LOGINS = Pattern.compile("client|token|role|user");

    private final Map<String, List<JsonNode>> values = new HashMap<>();

    public void put(String name, JsonNode value) {
        List<JsonNode> known = values.computeIfAbsent(name, unknown -> new ArrayList<>());
        if (!known.contains(value)) {
            known.add(value);
        }
        if (known.size() > MOST) {
            known.remove(0);
        }
    }

    public void learn(Operation operation, Answer answer) {
        if (answer.status() / 100 == 2) {
            boolean created = operation.method().equals("POST") && !operation.template().contains("{");
            learn(answer.json(), collection(operation), created);
        }
    }

    private void learn(JsonNode json, String collection, boolean created) {
        json.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isValueNode() && name.matches(".*(?:[iI]d|handle|_application|URI)")) {
                put(name, value);
                put(collection + " " + name, value);
                if (created) {
                    put("created " + collection + " " + name, value);
                }
            }
            learn(value, name.equals("items") ? collection : collection + "/" + name, false);
        });
        if (json.isArray()) {
            json.forEach(element -> learn(element, collection, created));
        }
    }

    private static String collection(Operation operation) {
        return operation.template().replaceFirst("/\\{.*", "");
    }

    /** What may stand for a parameter of a path; only what this run created itself is deleted or touched as a login. */
    Optional<JsonNode> parameter(Operation operation, String name, Draws draws) {
        String field = name.endsWith("handle") ? "handle" : name;
        String collection = collection(operation);
        if (operation.template().indexOf('{') < operation.template().indexOf("{" + name + "}")) {
            return draw(draws, field);
        }
        boolean own = operation.method().equals("DELETE")
                || !operation.method().equals("GET") && LOGINS.matcher(collection).find();
        return draw(draws, (own ? "created " : "") + collection + " " + field);
    }

    /** What may stand in a field, say {@code folder_id}, {@code user_group_ids} or {@code _toolId}. */
    Optional<JsonNode> field(String name, Draws draws) {
        Optional<JsonNode> exact = draw(draws, name.replaceFirst("s$", ""));
        String noun = name.replaceFirst("(?:_i|I)ds?$", "").replaceFirst("^_", "");
        return exact.isPresent() || noun.equals(name) ? exact
                : values.keySet().stream()
                        .filter(key -> key.startsWith("/") && key.matches(".*/" + noun + "s _?id")).findFirst()
                        .flatMap(collection -> draw(draws, collection));
    }

    private Optional<JsonNode> draw(Draws draws, String key) {
        List<JsonNode> known = values.getOrDefault(key, List.of());
        return known.isEmpty() ? Optional.empty() : Optional.of(draws.of(known));
    }
}
