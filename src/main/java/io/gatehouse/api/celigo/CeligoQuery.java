package io.gatehouse.api.celigo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Times;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;

/** What the query of a list says: which slice, and which fields of each entry. */
final class CeligoQuery {

    /** The parameter that says behind which entry a page begins. */
    static final String AFTER = "after";
    /** Enough to see whether there is anything. */
    static final Page.Slice FIRST = new Page.Slice(0, 1);
    private static final int BY_DEFAULT = 100;
    private static final int MOST = 1_000;
    private static final int LONGEST_WORD = 300;
    private static final Pattern FIELDS = Pattern.compile("[A-Za-z0-9._,]*");

    private final UriInfo uri;
    private final String skip;
    private final Page.Slice slice;
    private final Projection projection;

    private CeligoQuery(UriInfo uri, String skip, Page.Slice slice, Projection projection) {
        this.uri = uri;
        this.skip = skip;
        this.slice = slice;
        this.projection = projection;
    }

    /** @throws Problem MALFORMED with the code {@code invalid_query_params} */
    static CeligoQuery of(UriInfo uri) {
        return of(uri, "skip");
    }

    /** Of a list that goes on behind an entry: see {@link #answer(List, String)}. */
    static CeligoQuery following(UriInfo uri, int most) {
        Page.Slice slice = new Page.Slice(0, number(uri, "limit", most, 1, most));
        return new CeligoQuery(uri, AFTER, slice, of(uri).projection);
    }

    /** @param skip the parameter that says how many entries are left out, for the list that has another word for it */
    static CeligoQuery of(UriInfo uri, String skip) {
        String query = uri.getRequestUri().getRawQuery();
        if (query != null && query.indexOf(';') >= 0) {
            throw invalid("Parameters are parted by &");
        }
        String include = fields(uri, "include");
        String exclude = fields(uri, "exclude");
        if (include != null && exclude != null) {
            throw invalid("Please provide either include or exclude param in the request query and not both.");
        }
        return new CeligoQuery(uri, skip,
                new Page.Slice(number(uri, skip, 0, 0, Integer.MAX_VALUE - 2 * MOST),
                        number(uri, "limit", BY_DEFAULT, 1, MOST)),
                include != null ? Projection.including(include)
                        : exclude != null ? Projection.excluding(exclude) : Projection.ALL);
    }

    Page.Slice slice() {
        return slice;
    }

    /**
     * The page as this dialect answers it.
     *
     * @param first the beginning of the list, for a page that may be behind its end: an account that has nothing at all
     *        gets no content
     */
    <T> Uni<Response> answer(Page<T> page, Function<T, JsonNode> tree, Supplier<Uni<? extends Page<?>>> first) {
        Uni<Boolean> isEmpty = !page.items().isEmpty() || slice.offset() == 0
                ? Uni.createFrom().item(page.items().isEmpty())
                : first.get().map(beginning -> beginning.items().isEmpty());
        return isEmpty.map(empty -> empty ? Response.noContent().build() : answer(page.map(tree)));
    }

    private Response answer(Page<JsonNode> page) {
        ResponseBuilder response = Response.ok(page.items().stream().map(projection::of).toList());
        return page.more() ? response.header(HttpHeaders.LINK, next()).build() : response.build();
    }

    private Link next() {
        return Link.fromUri(uri.getRequestUriBuilder().replaceQueryParam("limit", slice.limit())
                .replaceQueryParam(skip, slice.offset() + slice.limit()).build()).rel("next").build();
    }

    /**
     * The page of a list that goes on behind an entry, which stays good while others come in.
     *
     * @param after where to go on; null at the end
     */
    Response answer(List<? extends JsonNode> items, String after) {
        if (items.isEmpty() && after == null && single(uri, AFTER) == null) {
            return Response.noContent().build();
        }
        ResponseBuilder response = Response.ok(items.stream().map(projection::of).toList());
        return after == null ? response.build()
                : response.header(HttpHeaders.LINK, Link.fromUri(uri.getRequestUriBuilder()
                        .replaceQueryParam("limit", slice.limit()).replaceQueryParam(AFTER, after).build()).rel("next").build())
                        .build();
    }

    /** @return null where the parameter is absent or empty */
    private static String fields(UriInfo uri, String name) {
        String value = single(uri, name);
        if (uri.getQueryParameters().keySet().stream().anyMatch(key -> key.startsWith(name + "["))) {
            throw invalid(name + ": a list with commas is needed, no array");
        }
        if (value != null && !FIELDS.matcher(value).matches()) {
            throw invalid(name + ": letters, digits, dots, underscores and commas only");
        }
        return value == null || value.replace(",", "").isEmpty() ? null : value;
    }

    /** @return null where the parameter is absent */
    static String single(UriInfo uri, String name) {
        List<String> values = uri.getQueryParameters().getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw invalid(name + " can be given once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** @return null where it is absent or empty */
    static String text(UriInfo uri, String name) {
        String word = single(uri, name);
        if (word != null && (word.length() > LONGEST_WORD || word.codePoints()
                .anyMatch(c -> c < ' ' || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))) {
            throw invalid(name + ": up to " + LONGEST_WORD + " characters without control characters");
        }
        return word == null || word.isEmpty() ? null : word;
    }

    /** Who did it, as the journals name them: a number is a user's. Null where nobody is named. */
    static String byUser(UriInfo uri) {
        String user = text(uri, "_byUserId");
        return user != null && user.matches("\\d+") ? "user:" + user : user;
    }

    /** @return null where it is absent or empty */
    static Instant time(UriInfo uri, String name) {
        String text = text(uri, name);
        try {
            Instant time = text == null ? null
                    : text.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(text))
                            : OffsetDateTime.parse(text).toInstant();
            if (time == null || Times.isUsual(time)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Told below, as for a year that nobody means.
        }
        throw invalid(name + ": a time such as 2030-01-31T12:00:00Z, or milliseconds since 1970");
    }

    private static int number(UriInfo uri, String name, int byDefault, int least, int most) {
        String text = single(uri, name);
        if (text == null || text.isEmpty()) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of bounds.
        }
        throw invalid(name + ": a whole number from " + least + " to " + most);
    }

    static Problem invalid(String message) {
        return Problem.malformed("invalid_query_params", message);
    }

    /** The value of a parameter that must be one of a few words. */
    static String word(UriInfo uri, String name, Set<String> words) {
        String value = single(uri, name);
        if (value == null || !words.contains(value)) {
            throw invalid(name + ": one of " + String.join(", ", new TreeSet<>(words)));
        }
        return value;
    }
}
