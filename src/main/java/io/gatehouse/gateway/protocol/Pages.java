package io.gatehouse.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The results of a list method for one era, rendered once. A cursor is the name of the last entry that was seen, so it
 * stays good when entries come and go.
 */
final class Pages {

    private static final int PER_PAGE = 250;

    private final String list;
    private final List<String> names;
    private final List<String> rendered;
    private final List<byte[]> pages = new ArrayList<>();
    private final String fields;

    /**
     * @param list what the result calls its list
     * @param names of the entries, sorted
     * @param rendered the entries as JSON, in the same order; eras share them
     * @param fields what stands beside the list: members of an object, each after a comma
     */
    Pages(String list, List<String> names, List<String> rendered, String fields) {
        this.list = list;
        this.names = names;
        this.rendered = rendered;
        this.fields = fields;
        for (int from = 0; from == 0 || from < names.size(); from += PER_PAGE) {
            pages.add(page(from));
        }
    }

    /** The same with some of the entries only, which the two share. */
    Pages of(Predicate<String> named) {
        List<Integer> kept = IntStream.range(0, names.size()).filter(i -> named.test(names.get(i))).boxed().toList();
        return kept.size() == names.size() ? this
                : new Pages(list, kept.stream().map(names::get).toList(), kept.stream().map(rendered::get).toList(), fields);
    }

    /** About how many bytes they take. */
    int size() {
        return 2 * pages.stream().mapToInt(page -> page.length).sum();
    }

    /**
     * The page that a request asks for by its cursor, the first if it has none.
     *
     * @throws Fault for what is no cursor
     */
    byte[] answer(Message request) {
        JsonNode cursor = request.params().path("cursor");
        if (!cursor.isMissingNode() && !cursor.isTextual()) {
            throw Fault.inBand("cursor must be a string");
        }
        try {
            return cursor.isMissingNode() ? pages.get(0) : after(cursor.asText());
        } catch (IllegalArgumentException e) {
            throw Fault.inBand("Unknown cursor");
        }
    }

    private byte[] after(String cursor) {
        String name = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        int at = Collections.binarySearch(names, name);
        int from = at >= 0 ? at + 1 : -at - 1;
        return from % PER_PAGE == 0 && from < names.size() ? pages.get(from / PER_PAGE) : page(from);
    }

    private byte[] page(int from) {
        int to = Math.min(from + PER_PAGE, names.size());
        StringBuilder page = new StringBuilder("{\"").append(list).append("\":[")
                .append(String.join(",", rendered.subList(Math.min(from, to), to))).append(']');
        if (to < names.size()) {
            String cursor = Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(names.get(to - 1).getBytes(StandardCharsets.UTF_8));
            page.append(",\"nextCursor\":\"").append(cursor).append('"');
        }
        return page.append(fields).append('}').toString().getBytes(StandardCharsets.UTF_8);
    }
}
