package io.gatehouse.access.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import io.gatehouse.platform.PublicUrl;
import jakarta.ws.rs.core.NewCookie;

class CookiesTest {

    @Test
    void keepsACookieToItsHostWhereThePublicUrlIsHttps() {
        NewCookie cookie = new Cookies(new PublicUrl("HTTPS://gatehouse.example.com")).newSession("v");

        assertEquals("__Host-gatehouse-session", cookie.getName());
        assertTrue(cookie.isSecure() && cookie.isHttpOnly());
        assertEquals("/", cookie.getPath());
        assertNull(cookie.getDomain());
        assertEquals(NewCookie.SameSite.LAX, cookie.getSameSite());
    }

    @Test
    void asksForNoMoreThanABrowserKeepsWhereThePublicUrlIsHttp() {
        NewCookie cookie = new Cookies(new PublicUrl("http://localhost:8080")).newForm("v");

        assertEquals("gatehouse-form", cookie.getName());
        assertFalse(cookie.isSecure());
    }
}
