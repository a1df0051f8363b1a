package io.gatehouse.api.celigo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which fields of an entry are shown: all, some beside the identity, or all but some. Dots lead through objects and arrays. */
final class Projection {

    static final Projection ALL = new Projection(false, new Projection.Tree());
    private static final Set<String> IDENTITY = Set.of("_id", "name");

    private final boolean including;
    private final Tree fields;

    private Projection(boolean including, Tree fields) {
        this.including = including;
        this.fields = fields;
    }

    /** Names of fields; one without anything below it means the field whole. */
    private static final class Tree {

        private final Map<String, Tree> below = new HashMap<>();
        private boolean whole;

        void add(String path) {
            Tree at = this;
            for (String name : path.split("\\.")) {
                at = at.below.computeIfAbsent(name, key -> new Tree());
            }
            at.whole = true;
        }
    }

    static Projection including(String list) {
        Tree fields = tree(list);
        IDENTITY.forEach(fields::add);
        return new Projection(true, fields);
    }

    static Projection excluding(String list) {
        Tree fields = tree(list);
        fields.below.keySet().removeAll(IDENTITY);
        return new Projection(false, fields);
    }

    private static Tree tree(String list) {
        Tree tree = new Tree();
        Arrays.stream(list.split(",")).filter(path -> !path.replace(".", "").isEmpty()).forEach(tree::add);
        return tree;
    }

    JsonNode of(JsonNode entry) {
        return including ? picked(entry, fields) : without(entry, fields);
    }

    private static JsonNode picked(JsonNode node, Tree fields) {
        if (fields.whole) {
            return node;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(picked(element, fields)));
            return array;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> {
            Tree below = fields.below.get(field.getKey());
            if (below != null && (below.whole || field.getValue().isContainerNode())) {
                object.set(field.getKey(), picked(field.getValue(), below));
            }
        });
        return object;
    }

    private static JsonNode without(JsonNode node, Tree fields) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(without(element, fields)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> {
            Tree below = fields.below.get(field.getKey());
            if (below == null) {
                object.set(field.getKey(), field.getValue());
            } else if (!below.whole) {
                object.set(field.getKey(), without(field.getValue(), below));
            }
        });
        return object;
    }
}
