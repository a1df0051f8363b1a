package io.gatehouse.upstreams;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.plan.ToolDigest;

/** Where two definitions of a tool differ in their meaning, for people to read: what is only written otherwise is left out. */
final class Differences {

    private final List<Difference> found = new ArrayList<>();

    private Differences() {
    }

    /** In the order of their places; each is to be applied after those before it. */
    static List<Difference> between(JsonNode from, JsonNode to) {
        Differences differences = new Differences();
        differences.compare("", ToolDigest.canonical(from), ToolDigest.canonical(to));
        return List.copyOf(differences.found);
    }

    private void compare(String path, JsonNode from, JsonNode to) {
        if (from.equals(to)) {
            return;
        }
        if (from.isObject() && to.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            from.fieldNames().forEachRemaining(names::add);
            to.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> member(path + '/' + name.replace("~", "~0").replace("/", "~1"), from.get(name),
                    to.get(name)));
        } else if (from.isArray() && to.isArray()) {
            elements(path, from, to);
        } else {
            found.add(new Difference("replace", path, from, to));
        }
    }

    private void member(String path, JsonNode from, JsonNode to) {
        if (from == null) {
            found.add(new Difference("add", path, null, to));
        } else if (to == null) {
            found.add(new Difference("remove", path, from, null));
        } else {
            compare(path, from, to);
        }
    }

    /** What both begin and end with is the same; between, elements are compared one by one, and the rest came or went. */
    private void elements(String path, JsonNode from, JsonNode to) {
        int shorter = Math.min(from.size(), to.size());
        int begin = 0;
        while (begin < shorter && from.get(begin).equals(to.get(begin))) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin && from.get(from.size() - 1 - end).equals(to.get(to.size() - 1 - end))) {
            end++;
        }
        int common = shorter - end;
        for (int i = begin; i < common; i++) {
            compare(path + '/' + i, from.get(i), to.get(i));
        }
        for (int i = common; i < to.size() - end; i++) {
            found.add(new Difference("add", path + '/' + i, null, to.get(i)));
        }
        for (int i = common; i < from.size() - end; i++) {
            found.add(new Difference("remove", path + '/' + common, from.get(i), null));
        }
    }
}
