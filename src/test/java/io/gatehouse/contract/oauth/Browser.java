package io.gatehouse.contract.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.restassured.RestAssured;

/** Keeps cookies and sends forms, and follows nothing by itself. */
final class Browser {

    static final String SESSION = "gatehouse-session";
    static final String FORM = "gatehouse-form";

    private static final Pattern KEY = Pattern.compile("name=\"form_key\" value=\"([^\"]+)\"");

    final Map<String, String> cookies = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What was answered. */
    record Page(int status, HttpHeaders headers, String text) {

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    Page get(String target) {
        return send(request(target).GET().build()).join();
    }

    /** Loads the page, fills its form in and sends it to where it came from. */
    Page submit(String target, Map<String, String> fields) {
        get(target);
        return post(target.replaceFirst("invitation\\?.*", "invitation"), fields);
    }

    /** Sends a form with the key that this browser has. */
    Page post(String target, Map<String, String> fields, String... headers) {
        return postAsync(target, fields, headers).join();
    }

    CompletableFuture<Page> postAsync(String target, Map<String, String> fields, String... headers) {
        String form = fields.entrySet().stream().map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return postAsync(target, form + "&form_key=" + cookies.getOrDefault(FORM, ""), headers);
    }

    CompletableFuture<Page> postAsync(String target, String form, String... headers) {
        HttpRequest.Builder request = request(target).setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    Page send(String method, String target) {
        return send(request(target).method(method, BodyPublishers.noBody()).build()).join();
    }

    private HttpRequest.Builder request(String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + target));
        return cookies.isEmpty() ? request
                : request.header("Cookie", cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue()).collect(Collectors.joining("; ")));
    }

    private CompletableFuture<Page> send(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(this::page);
    }

    private Page page(HttpResponse<String> response) {
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";")[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        cookies.values().removeIf(String::isEmpty);
        return new Page(response.statusCode(), response.headers(), response.body());
    }

    /** The key that a page's form has. */
    static String key(Page page) {
        Matcher key = KEY.matcher(page.text());
        if (!key.find()) {
            throw new AssertionError("No form with a key: " + page.text());
        }
        return key.group(1);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
