/**
 * How a person signs in with a browser: sessions behind a cookie, and pages without script. Every page is answered by
 * {@link io.gatehouse.access.signin.Pages}, which gives it its headers; every form carries a key of
 * {@link io.gatehouse.access.signin.FormKeys}.
 */
package io.gatehouse.access.signin;
