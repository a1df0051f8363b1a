package io.gatehouse.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;

import io.gatehouse.plan.ToolPlan;

/**
 * The results of {@code tools/list} for one era, rendered once. A cursor is the name of the last tool that was seen, so it
 * stays good when tools come and go.
 */
final class ToolPages {

    private static final int PER_PAGE = 250;

    private final List<String> names;
    private final List<String> rendered;
    private final List<byte[]> pages = new ArrayList<>();
    private final String fields;

    /**
     * @param names of the tools, sorted
     * @param rendered the tools as {@link #render} gives them, in the same order; eras share them
     * @param fields what stands beside the list: members of an object, each after a comma
     */
    ToolPages(List<String> names, List<String> rendered, String fields) {
        this.names = names;
        this.rendered = rendered;
        this.fields = fields;
        for (int from = 0; from == 0 || from < names.size(); from += PER_PAGE) {
            pages.add(page(from));
        }
    }

    /** About how many bytes they take. */
    int size() {
        return 2 * pages.stream().mapToInt(page -> page.length).sum();
    }

    /**
     * @param cursor null for the first page
     * @throws IllegalArgumentException for what is no cursor
     */
    byte[] after(String cursor) {
        if (cursor == null) {
            return pages.get(0);
        }
        String name = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        int at = Collections.binarySearch(names, name);
        int from = at >= 0 ? at + 1 : -at - 1;
        return from % PER_PAGE == 0 && from < names.size() ? pages.get(from / PER_PAGE) : page(from);
    }

    private byte[] page(int from) {
        int to = Math.min(from + PER_PAGE, names.size());
        StringBuilder page = new StringBuilder("{\"tools\":[")
                .append(String.join(",", rendered.subList(Math.min(from, to), to))).append(']');
        if (to < names.size()) {
            String cursor = Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(names.get(to - 1).getBytes(StandardCharsets.UTF_8));
            page.append(",\"nextCursor\":\"").append(cursor).append('"');
        }
        return page.append(fields).append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A tool as agents see it, in either era. */
    static String render(ToolPlan tool) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", tool.name());
        if (tool.title() != null) {
            node.put("title", tool.title());
        }
        node.put("description", tool.description());
        node.putRawValue("inputSchema", new RawValue(tool.inputSchema()));
        node.putObject("annotations").put("readOnlyHint", tool.hints().readOnly())
                .put("destructiveHint", tool.hints().destructive())
                .put("idempotentHint", tool.hints().idempotent());
        return node.toString();
    }
}
