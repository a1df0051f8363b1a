package io.gatehouse.packaged;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser that keeps the cookies of each host, and follows where it is sent. */
final class Surfer {

    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern ACTION = Pattern.compile("\\baction=\"([^\"]*)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> cookies = new LinkedHashMap<>();

    /** Where the browser has come to; of a place without a page, such as an application's own, only the address. */
    record Page(URI at, int status, String html) {

        boolean shows(String text) {
            return html.contains(text);
        }

        /** The address of the first link that leads out of the pages of this host. */
        URI linkElsewhere() {
            Matcher link = Pattern.compile("<a href=\"(http[^\"]*)\"").matcher(html);
            if (!link.find()) {
                throw new AssertionError("No link: " + html);
            }
            return URI.create(plain(link.group(1)));
        }
    }

    Page get(URI target) throws IOException, InterruptedException {
        return go(target, null);
    }

    /** Fills the page's first form in. */
    Page submit(Page page, Map<String, String> fields) throws IOException, InterruptedException {
        Matcher form = FORM.matcher(page.html());
        if (!form.find()) {
            throw new AssertionError("No form at " + page.at() + ": " + page.html());
        }
        Matcher action = ACTION.matcher(form.group(1));
        Map<String, String> all = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(form.group(2));
        while (hidden.find()) {
            all.put(hidden.group(1), plain(hidden.group(2)));
        }
        all.putAll(fields);
        return go(action.find() ? page.at().resolve(plain(action.group(1))) : page.at(),
                all.entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&")));
    }

    /** Loses what hosts of this name have told it to keep. */
    void forget(String host) {
        cookies.remove(host);
    }

    private Page go(URI target, String form) throws IOException, InterruptedException {
        if (target.getPath().equals("/application")) {
            return new Page(target, 0, "");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target);
        Map<String, String> known = cookies.computeIfAbsent(target.getHost(), host -> new LinkedHashMap<>());
        if (!known.isEmpty()) {
            request.header("Cookie", known.entrySet().stream().map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; ")));
        }
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form));
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";")[0].split("=", 2);
            known.put(pair[0], pair[1]);
        }
        known.values().removeIf(String::isEmpty);
        String location = answer.headers().firstValue("Location").orElse(null);
        return location == null ? new Page(target, answer.statusCode(), answer.body()) : go(target.resolve(location), null);
    }

    private static String plain(String escaped) {
        return escaped.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
