package io.gatehouse.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What people ask of a log that {@link Entries} wrote, with other values each time. */
final class Searches {

    private final Random random = new Random(42);
    private final Instant begin;
    private final Instant end;
    private final long jobs;

    Searches(Instant begin, Instant end, long jobs) {
        this.begin = begin;
        this.end = end;
        this.jobs = jobs;
    }

    /** A query by what it asks for; those which indexes know. */
    Map<String, Supplier<String>> indexed() {
        Map<String, Supplier<String>> searches = new LinkedHashMap<>();
        searches.put("none", () -> "");
        searches.put("time, ten minutes", () -> window(Duration.ofMinutes(10)));
        searches.put("time, a day", () -> window(Duration.ofDays(1)));
        searches.put("level `warning`", () -> "level=warning");
        searches.put("level `error`", () -> "level=error");
        searches.put("levels `warning,error`", () -> "level=warning,error");
        searches.put("type `tool_call`", () -> "log_type=tool_call");
        searches.put("type, another", () -> "log_type=" + oneOf("tool_list", "discovery", "notification", "prompt"));
        searches.put("tool, frequent", () -> tool(1, 3));
        searches.put("tool, less so", () -> tool(10, Entries.TOOLS - 1));
        searches.put("tool, rare", () -> "tool=" + Entries.RARE_TOOL);
        searches.put("tool, absent", () -> "tool=none_" + random.nextInt());
        searches.put("user, frequent", () -> user(1, 5));
        searches.put("user, less so", () -> user(250, Entries.CALLERS - 1));
        searches.put("user, rare", () -> "user=" + Entries.RARE_CALLER);
        searches.put("user, absent", () -> "user=nobody:" + random.nextInt());
        searches.put("status `success`", () -> "status=success");
        searches.put("status, of a few per cent", () -> "status=" + oneOf("tool_error", "refused", "error", "failed"));
        searches.put("status, two", () -> "status=refused,failed");
        searches.put("status, rare", () -> "status=abandoned");
        searches.put("status, absent", () -> "status=" + oneOf("interrupted", "gap", "open"));
        searches.put("job", () -> "job_id=" + random.nextLong(1, jobs + 1));
        searches.put("job, absent", () -> "job_id=" + random.nextLong(1L << 40, 1L << 50));
        combined(searches);
        return searches;
    }

    private void combined(Map<String, Supplier<String>> searches) {
        searches.put("tool and user", () -> tool(1, Entries.TOOLS - 1) + "&" + user(1, 50));
        searches.put("rare tool and frequent user", () -> "tool=" + Entries.RARE_TOOL + "&" + user(1, 5));
        searches.put("tool and level `error`", () -> tool(1, Entries.TOOLS - 1) + "&level=error");
        searches.put("rare tool and level `error`", () -> "tool=" + Entries.RARE_TOOL + "&level=error");
        searches.put("user and status", () -> user(1, 50) + "&status=" + oneOf("tool_error", "failed"));
        searches.put("tool, an hour", () -> tool(1, Entries.TOOLS - 1) + "&" + window(Duration.ofHours(1)));
        searches.put("user, a day", () -> user(1, Entries.CALLERS - 1) + "&" + window(Duration.ofDays(1)));
        searches.put("level `error`, a day", () -> "level=error&" + window(Duration.ofDays(1)));
        searches.put("type and level", () -> "log_type=" + oneOf("tool_list", "discovery") + "&level=warning");
        searches.put("tool, user, level, a day",
                () -> tool(1, 5) + "&" + user(1, 20) + "&level=warning&" + window(Duration.ofDays(1)));
    }

    /** Those for which entries are looked into. */
    Map<String, Supplier<String>> deep() {
        Map<String, Supplier<String>> searches = new LinkedHashMap<>();
        searches.put("text, frequent", () -> "q=HAMBURG");
        searches.put("text, absent", () -> "q=atlantis" + random.nextInt());
        searches.put("data field", () -> "data=input.customer.id:" + random.nextInt(100_000));
        searches.put("data field, an hour", () -> "data=input.customer.id:" + random.nextInt(100_000) + "&"
                + window(Duration.ofHours(1)));
        searches.put("text and level `error`", () -> "q=unknown&level=error");
        return searches;
    }

    /** Which server is asked: as often as it is called. */
    int server() {
        return (int) Math.pow(Entries.SERVERS + 1, random.nextDouble()) - 1;
    }

    /** Everything up to a moment somewhere within. */
    String upToSomewhere() {
        return "to=" + encoded(somewhere(begin, end));
    }

    private String tool(int from, int to) {
        return "tool=get_thing_" + random.nextInt(from, to + 1);
    }

    private String user(int from, int to) {
        return "user=user:" + random.nextInt(from, to + 1);
    }

    private String window(Duration length) {
        Instant from = somewhere(begin, end.minus(length));
        return "from=" + encoded(from) + "&to=" + encoded(from.plus(length));
    }

    private Instant somewhere(Instant from, Instant to) {
        return Instant.ofEpochMilli(random.nextLong(from.toEpochMilli(), to.toEpochMilli())).truncatedTo(ChronoUnit.MILLIS);
    }

    private String oneOf(String... words) {
        return words[random.nextInt(words.length)];
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }
}
