package io.gatehouse.testing.input;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.gatehouse.testing.Specification;
import io.gatehouse.testing.Specification.Operation;
import io.gatehouse.testing.Wire.Request;

/** Requests for the operations of one document: good ones, and good ones of which one part is spoiled. */
public final class Inputs {

    /** What is wrong with a request. */
    public enum Kind {
        VALID,
        BODY,
        BYTES,
        CONTENT_TYPE,
        PATH,
        QUERY,
        AUTHORIZATION,
        METHOD,
        PATCH
    }

    /** A request with what was meant by it. */
    public record Input(Operation operation, Kind kind, Request request) {
    }

    private static final List<String> STRANGERS = List.of("", "Bearer", "Bearer ", "bearer x", "Basic dTpw",
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "Bearer " + "a".repeat(5_000), "Bearer a b", "x");
    private static final List<String> TYPES = List.of("text/plain", "application/xml", "multipart/form-data", "x", "*/*",
            "application/json; charset=utf-16", "application/json; charset=nope", "application/", "application/json;",
            "application/x-www-form-urlencoded", "application/vnd.api+json", "multipart/form-data; boundary=b", "");
    private static final List<String> QUERIES = List.of("unknown=1", "page=99999999999999999999", "page=0&page=1",
            "per_page=1000000", "limit=-1", "skip=99999999999", "include[]=name", "include=name&exclude=name", "=", "&&",
            "include=%27", "a=%ff", "exclude=name&exclude=_id", "search=%00", "page=1;per_page=2", "limit=1e3", "page=");
    private static final List<String> SEGMENTS = List.of("%00", "nope", "%20", "-", "0", "-7", "9223372036854775808", "..",
            "%2e%2e", "a%2Fb", "%ED%A0%80", "%FF", "a".repeat(3_000), "000000000000000000000000", "zzzzzzzzzzzzzzzzzzzzzzzz",
            "1.5", "%F0%9F%92%A5", ";a=b", "%25", "7777777");
    /** The server itself cuts off longer request lines, with 414 and no body. */
    private static final int LONGEST_TARGET = 4_000;
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final Specification specification;
    private final Pool pool;
    private final Draws draws;
    private final Values values;
    private final Hostile hostile;
    private final String token;

    public Inputs(Specification specification, Pool pool, long seed, String token) {
        this.specification = specification;
        this.pool = pool;
        this.draws = new Draws(seed);
        this.values = new Values(specification, pool, draws);
        this.hostile = new Hostile(draws);
        this.token = token;
    }

    public Input draw(Operation operation) {
        JsonNode body = specification.resolve(operation.node().path("requestBody")).path("content")
                .path("application/json").path("schema");
        Kind kind = draws.percent(35) ? Kind.VALID : draws.of(kinds(operation, !body.isMissingNode()));
        String target = path(operation, kind) + query(operation, kind);
        Request request = new Request(method(operation, kind), target.substring(0, Math.min(LONGEST_TARGET,
                target.length())).replaceFirst("%.?$", ""), Map.of(), null);
        if (kind != Kind.AUTHORIZATION) {
            request = request.header("Authorization", "Bearer " + token);
        } else if (draws.percent(80)) {
            request = request.header("Authorization", draws.of(STRANGERS));
        }
        return new Input(operation, kind, body.isMissingNode() ? request : withBody(request, body, kind));
    }

    private List<Kind> kinds(Operation operation, boolean hasBody) {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.QUERY, Kind.QUERY, Kind.AUTHORIZATION, Kind.METHOD));
        if (operation.template().contains("{")) {
            kinds.addAll(List.of(Kind.PATH, Kind.PATH));
        }
        if (hasBody) {
            kinds.addAll(List.of(Kind.BODY, Kind.BODY, Kind.BODY, Kind.BODY, Kind.BODY, Kind.BYTES, Kind.BYTES,
                    Kind.CONTENT_TYPE, Kind.CONTENT_TYPE, Kind.CONTENT_TYPE));
        }
        if (operation.method().equals("PATCH")) {
            kinds.addAll(List.of(Kind.PATCH, Kind.PATCH, Kind.PATCH));
        }
        return kinds;
    }

    /** For another method the path must have no operation. */
    private String method(Operation operation, Kind kind) {
        return kind != Kind.METHOD ? operation.method()
                : METHODS.stream().filter(method -> specification
                        .operations().stream().noneMatch(other -> other.method().equals(method)
                                && other.template().replaceAll("\\{[^}]*}", "{}")
                                        .equals(operation.template().replaceAll("\\{[^}]*}", "{}"))))
                        .findFirst().orElse("TRACK");
    }

    private String path(Operation operation, Kind kind) {
        List<String> names = new ArrayList<>();
        specification.parameters(operation).forEach((place, parameter) -> {
            if (place.startsWith("path ")) {
                names.add(parameter.path("name").asText());
            }
        });
        String spoiled = kind == Kind.PATH && !names.isEmpty() ? draws.of(names) : null;
        String path = operation.template();
        for (String name : names) {
            String segment = name.equals(spoiled)
                    ? draws.of(SEGMENTS)
                    : pool.parameter(operation, name, draws).map(JsonNode::asText).orElse("7777777");
            path = path.replace("{" + name + "}", segment);
        }
        return path;
    }

    private String query(Operation operation, Kind kind) {
        List<String> parts = new ArrayList<>();
        specification.parameters(operation).forEach((place, parameter) -> {
            String name = parameter.path("name").asText();
            if (place.startsWith("query ") && (parameter.path("required").asBoolean() || draws.percent(30))) {
                JsonNode value = values.draw(parameter.path("schema"), name);
                boolean spoiled = kind == Kind.QUERY && draws.percent(70);
                parts.add(name + "=" + encoded(spoiled ? draws.of(Hostile.TEXTS) : value.asText()));
                if (spoiled && draws.percent(30)) {
                    parts.add(name + "=" + encoded(value.asText()));
                }
            }
        });
        if (kind == Kind.QUERY && (parts.isEmpty() || draws.percent(30))) {
            parts.add(draws.of(QUERIES).replace("[", "%5B").replace("]", "%5D"));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Request withBody(Request request, JsonNode schema, Kind kind) {
        JsonNode good = values.draw(schema, "");
        JsonNode json = switch (kind) {
            case BODY -> hostile.spoil(good);
            case PATCH -> patch();
            default -> good;
        };
        byte[] bytes = Hostile.bytes(json);
        Request complete = new Request(request.method(), request.target(), request.headers(),
                kind == Kind.BYTES ? hostile.garble(bytes) : bytes);
        String type = kind == Kind.CONTENT_TYPE ? draws.of(TYPES) : "application/json";
        return type.isEmpty() ? complete : complete.header("Content-Type", type);
    }

    private ArrayNode patch() {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (int i = draws.below(4); i > 0; i--) {
            patch.addObject().put("op", draws.of(List.of("replace", "add", "remove", "move", "copy", "test", "")))
                    .put("path", draws.of(List.of("/name", "/disabled", "/tools", "/_id", "", "name", "/name/0", "/~2")))
                    .put("from", "/name").set("value", hostile.value());
        }
        return patch;
    }
}
