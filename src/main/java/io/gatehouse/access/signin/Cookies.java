package io.gatehouse.access.signin;

import io.gatehouse.platform.PublicUrl;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;

/**
 * The cookies of the pages, which go to no other host, no script and with no request of another site but a plain
 * navigation. Where the public URL is http, browsers would not keep them with the prefix that makes sure of the host.
 */
@Singleton
public class Cookies {

    private static final String SESSION = "gatehouse-session";
    private static final String FORM = "gatehouse-form";

    private final boolean secure;

    @Inject
    Cookies(PublicUrl publicUrl) {
        this.secure = publicUrl.origin().startsWith("https:");
    }

    /** What {@link BrowserSessions} takes; null for none. */
    public String session(HttpServerRequest request) {
        return value(request, SESSION);
    }

    String form(HttpServerRequest request) {
        return value(request, FORM);
    }

    private String value(HttpServerRequest request, String name) {
        Cookie cookie = request.getCookie(name(name));
        return cookie == null ? null : cookie.getValue();
    }

    /** What carries the session on. */
    public NewCookie newSession(String value) {
        return cookie(SESSION, value).build();
    }

    NewCookie newForm(String value) {
        return cookie(FORM, value).build();
    }

    NewCookie noSession() {
        return cookie(SESSION, "").maxAge(0).build();
    }

    private NewCookie.Builder cookie(String name, String value) {
        return new NewCookie.Builder(name(name)).value(value).path("/").secure(secure).httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX);
    }

    private String name(String name) {
        return secure ? "__Host-" + name : name;
    }
}
