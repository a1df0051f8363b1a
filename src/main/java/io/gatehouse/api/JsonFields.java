package io.gatehouse.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Problem;

/**
 * Reads the fields of a JSON object. What has the wrong type is noted in the faults and reads as absent, so that one pass
 * finds all of it; null is absent too.
 */
public final class JsonFields {

    private static final String INVALID = "invalid_field_value";
    private static final int MOST_ELEMENTS = 5_000;

    private final JsonNode object;
    private final String path;
    private final Faults faults;

    private JsonFields(JsonNode object, String path, Faults faults) {
        this.object = object;
        this.path = path;
        this.faults = faults;
    }

    /** @throws Problem when the body is no object */
    public static JsonFields of(JsonNode body, Faults faults) {
        if (body == null || body.isMissingNode()) {
            throw Problem.malformed("invalid_json", "A JSON object is needed as the body");
        }
        if (!body.isObject()) {
            throw Problem.invalid("invalid_type", "The body must be a JSON object");
        }
        return of(body, "", faults);
    }

    /** @param path what stands before the name of a field, with a dot at its end */
    public static JsonFields of(JsonNode object, String path, Faults faults) {
        return new JsonFields(object, path, faults);
    }

    public Faults faults() {
        return faults;
    }

    /** Where a field stands in the request: a dotted path with array indexes. */
    public String path(String name) {
        return path + name;
    }

    /** Whether the field is there, be it null. */
    public boolean names(String name) {
        return object.has(name);
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    public String text(String name) {
        return read(name, JsonFields::isText, "a string of whole characters", JsonNode::asText);
    }

    /** Half of a surrogate pair is no character, and would be stored as another one. */
    private static boolean isText(JsonNode node) {
        return node.isTextual() && node.textValue().codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    public Boolean flag(String name) {
        return read(name, JsonNode::isBoolean, "true or false", JsonNode::asBoolean);
    }

    public boolean flag(String name, boolean otherwise) {
        Boolean flag = flag(name);
        return flag == null ? otherwise : flag;
    }

    public Integer integer(String name) {
        return read(name, node -> node.isIntegralNumber() && node.canConvertToInt(),
                "a whole number that is not too large", JsonNode::asInt);
    }

    public JsonNode number(String name) {
        return read(name, node -> node.isNumber() && Double.isFinite(node.doubleValue()), "a number that is not too large",
                node -> node);
    }

    /** A text of a few that are allowed; another one is told as {@code enum}. */
    public String word(String name, Set<String> words) {
        String word = text(name);
        if (word != null && !words.contains(word)) {
            faults.add(path(name), "enum", path(name) + ": one of " + String.join(", ", words.stream().sorted().toList()));
            return null;
        }
        return word;
    }

    /**
     * A reference by an id of 24 hexadecimal characters; what can't be one is told as a reference to nothing and reads as
     * absent, for nobody should look for it.
     */
    public String reference(String name) {
        String id = text(name);
        if (id != null && !ObjectId.isOne(id)) {
            faults.add(path(name), "invalid_ref", path(name) + ": an id of 24 hexadecimal characters is needed");
            return null;
        }
        return id;
    }

    /** An array of whatever, as long as it can be given back as it came. */
    public JsonNode array(String name) {
        return read(name, node -> node.isArray() && isExact(node),
                "an array without numbers that are too large and halves of characters",
                node -> node);
    }

    private static boolean isExact(JsonNode node) {
        for (JsonNode element : node) {
            if (!isExact(element)) {
                return false;
            }
        }
        return node.isTextual() ? isText(node) : !node.isDouble() || Double.isFinite(node.asDouble());
    }

    /** @return null where it is absent */
    public JsonFields object(String name) {
        return read(name, JsonNode::isObject, "an object",
                node -> new JsonFields(node, path(name) + ".", faults));
    }

    /** By name, without those that are null; empty where it is absent. What is no object is noted. */
    public Map<String, JsonFields> members(String name) {
        JsonNode parent = read(name, JsonNode::isObject, "an object", node -> node);
        JsonFields inside = new JsonFields(parent, path(name) + ".", faults);
        Map<String, JsonFields> members = new LinkedHashMap<>();
        if (parent != null) {
            parent.fieldNames().forEachRemaining(member -> {
                JsonFields fields = inside.object(member);
                if (fields != null) {
                    members.put(member, fields);
                }
            });
        }
        return members;
    }

    /** For objects in which a slip of the pen would go unnoticed: every other field is noted. */
    public JsonFields only(Set<String> names) {
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                faults.add(path(name), "unknown_field", path(name) + ": one of "
                        + String.join(", ", names.stream().sorted().toList()) + " is needed");
            }
        });
        return this;
    }

    /** Empty where it is absent; elements that are no objects are noted and read as empty ones. */
    public List<JsonFields> objects(String name) {
        return elements(name, (field, node) -> {
            if (!node.isObject()) {
                faults.add(field, INVALID, field + ": an object is needed");
            }
            return new JsonFields(node.isObject() ? node : JsonNodeFactory.instance.objectNode(), field + ".", faults);
        });
    }

    /** Empty where it is absent; elements that are no strings are noted and read as empty ones. */
    public List<String> texts(String name) {
        return elements(name, (field, node) -> {
            if (!isText(node)) {
                faults.add(field, INVALID, field + ": a string of whole characters is needed");
            }
            return isText(node) ? node.asText() : "";
        });
    }

    /** As it came; null where it is absent. */
    public JsonNode raw(String name) {
        return object.get(name);
    }

    private <T> List<T> elements(String name, BiFunction<String, JsonNode, T> reader) {
        JsonNode array = read(name, JsonNode::isArray, "an array", node -> node);
        List<T> elements = new ArrayList<>();
        if (array != null && array.size() > MOST_ELEMENTS) {
            faults.add(path(name), "max", path(name) + ": " + MOST_ELEMENTS + " at most");
        } else if (array != null) {
            array.forEach(node -> elements.add(reader.apply(path(name) + "." + elements.size(), node)));
        }
        return elements;
    }

    private <T> T read(String name, Predicate<JsonNode> fits, String needed,
            Function<JsonNode, T> reader) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!fits.test(node)) {
            faults.add(path(name), INVALID, path(name) + ": " + needed + " is needed");
            return null;
        }
        return reader.apply(node);
    }
}
