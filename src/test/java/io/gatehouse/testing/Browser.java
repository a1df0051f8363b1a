package io.gatehouse.testing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.gatehouse.testing.Wire.Answer;
import io.gatehouse.testing.Wire.Request;
import io.restassured.RestAssured;

/** A person's browser, as far as it takes part: it keeps cookies, sends forms with what is hidden in them, and goes nowhere. */
public final class Browser {

    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
    private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\">");

    private final Wire wire = new Wire("http://localhost:" + RestAssured.port);
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String at = "/";
    private Answer page;

    /** Where a link or a redirect leads from here. */
    private String target(String link) {
        URI target = URI.create(at).resolve(link);
        return target.getRawQuery() == null ? target.getRawPath() : target.getRawPath() + "?" + target.getRawQuery();
    }

    public Answer get(String link) {
        at = target(link);
        return send(Request.of("GET", at));
    }

    /** Sends the first form of the page that is shown, with this beside what is hidden in it. */
    public Answer submit(Map<String, String> fields) {
        String html = page.text();
        Map<String, String> all = new LinkedHashMap<>();
        for (Matcher hidden = HIDDEN.matcher(html); hidden.find();) {
            all.put(hidden.group(1), unescaped(hidden.group(2)));
        }
        all.putAll(fields);
        Matcher action = ACTION.matcher(html);
        if (!action.find()) {
            throw new AssertionError("No form in " + html);
        }
        return post(unescaped(action.group(1)), all);
    }

    public Answer post(String link, Map<String, String> fields) {
        at = target(link);
        String form = fields.entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(new Request("POST", at, Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8)));
    }

    /** Follows redirects for as long as they stay here; the last answer. */
    public Answer follow(Answer answer) {
        Answer last = answer;
        while (last.status() == 303 && !last.headers().firstValue("Location").orElseThrow().contains("://")) {
            last = get(last.headers().firstValue("Location").orElseThrow());
        }
        return last;
    }

    private Answer send(Request request) {
        Request sent = cookies.isEmpty() ? request
                : request.header("Cookie", cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue()).collect(Collectors.joining("; ")));
        page = wire.send(sent);
        page.headers().allValues("Set-Cookie").forEach(this::keep);
        return page;
    }

    private void keep(String cookie) {
        String[] parts = cookie.split(";")[0].split("=", 2);
        if (parts[1].isEmpty() || parts[1].equals("\"\"")) {
            cookies.remove(parts[0]);
        } else {
            cookies.put(parts[0], parts[1]);
        }
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
