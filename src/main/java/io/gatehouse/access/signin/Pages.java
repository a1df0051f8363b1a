package io.gatehouse.access.signin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Answers with pages, which all include {@code page.html}. Whatever gets into one, its headers keep the browser from
 * running it, from loading anything, and from showing the page inside another one.
 */
@Singleton
public class Pages {

    private static final Pattern PAGES = Pattern
            .compile("/oauth/(?:authorize|sign-in|sign-out|account|second-factor|invitation|sso)(?:[/;].*)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+");
    private static final Pattern OWN_SCHEME = Pattern.compile("(?!(?:javascript|data|blob|file)$)[a-z][a-z0-9+.-]*");

    private final String policy;

    @Inject
    Pages(Engine templates) {
        this.policy = "default-src 'none'; style-src 'sha256-" + digest(templates.getTemplate("style").render())
                + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    }

    private static String digest(String style) {
        try {
            return Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether failures at this path are for a person to read. */
    public static boolean has(String path) {
        return PAGES.matcher(path).matches();
    }

    public Response.ResponseBuilder show(int status, TemplateInstance page) {
        return answer(status, page, policy);
    }

    /**
     * The same for a page whose form may lead to another site in the end: browsers hold redirects against the page too.
     *
     * @param redirectUri where to; null, or what is none, for nowhere
     */
    public Response.ResponseBuilder show(int status, TemplateInstance page, String redirectUri) {
        String source = source(redirectUri);
        return answer(status, page, source == null ? policy : policy + " " + source);
    }

    private static Response.ResponseBuilder answer(int status, TemplateInstance page, String policy) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(page.render());
    }

    /** What a content security policy calls the place, or null; it knows no addresses of IPv6. */
    private static String source(String redirectUri) {
        URI uri;
        try {
            uri = redirectUri == null ? null : URI.create(redirectUri);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (uri == null || uri.getScheme() == null) {
            return null;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("https") || scheme.equals("http")) {
            return uri.getHost() == null ? null : source(scheme, uri.getHost(), uri.getPort());
        }
        return OWN_SCHEME.matcher(scheme).matches() ? scheme + ":" : null;
    }

    private static String source(String scheme, String host, int port) {
        return host.startsWith("[") ? scheme + ":"
                : HOST.matcher(host).matches() ? scheme + "://" + host + (port < 0 ? "" : ":" + port) : null;
    }
}
