/**
 * How a person signs in with a browser: sessions behind a cookie, and pages without script. Every page goes through
 * {@code Pages}, which gives it its headers; every form carries a key of {@code FormKeys}.
 */
package io.gatehouse.access.signin;
