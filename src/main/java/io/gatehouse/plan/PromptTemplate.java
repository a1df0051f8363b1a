package io.gatehouse.plan;

import java.io.Writer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;

/**
 * A compiled prompt template. {@code {{name}}} is the value of an argument; what stands between {@code {{#name}}} and
 * {@code {{/name}}} is kept where the argument has a value that is not empty, and with {@code {{^name}}} where it has none;
 * {@code {{! }}} is a comment, and {@code {{=<% %>=}}} chooses other delimiters. Values are data: they are written out as
 * they are, and nothing in them is ever evaluated. A name that is no argument's is empty, whatever it looks like.
 */
public final class PromptTemplate {

    private static final int LONGEST_REASON = 200;
    private static final int BYTES_PER_TAG = 200;
    private static final Mustache.Compiler COMPILER = Mustache.compiler().escapeHTML(false).defaultValue("")
            .withCollector(new Lookup()).withFormatter(value -> value instanceof String text ? text : "");

    private final Template template;
    private final int size;

    private PromptTemplate(Template template, int size) {
        this.template = template;
        this.size = size;
    }

    /** @throws IllegalArgumentException when the text is no such template; the message says why */
    public static PromptTemplate compile(String text) {
        try {
            Template template = COMPILER.compile(text);
            TemplateTags tags = new TemplateTags(!text.contains("{{="));
            template.visit(tags);
            return new PromptTemplate(template, 2 * text.length() + BYTES_PER_TAG * tags.count());
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a tag is empty", e);
        } catch (MustacheException e) {
            String reason = e.getMessage();
            throw new IllegalArgumentException(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), e);
        }
    }

    /** @param values of the arguments, by name */
    public void render(Map<String, String> values, Writer out) {
        template.execute(values, out);
    }

    /** About how many bytes it takes. */
    public int size() {
        return size;
    }

    /**
     * Finds names in the map of the values and nowhere else. The library's own lookup would also try the methods and fields
     * of a value; this one has an answer for every name, so that a compound one such as {@code a.class} is never taken apart.
     */
    private static final class Lookup implements Mustache.Collector {

        /** What a section stands in: a thing without names, in which everything is looked up outside. */
        private static final Set<Object> ONCE = Set.of(new Object());

        @Override
        public Iterator<?> toIterator(Object value) {
            return value instanceof String text && !text.isEmpty() ? ONCE.iterator() : Collections.emptyIterator();
        }

        @Override
        public Mustache.VariableFetcher createFetcher(Object context, String name) {
            return context instanceof Map ? (values, key) -> ((Map<?, ?>) values).get(key) : null;
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }
}
