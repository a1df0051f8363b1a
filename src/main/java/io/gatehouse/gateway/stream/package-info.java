/** Answers that come in parts: how they are written, kept alive, counted and ended. */
package io.gatehouse.gateway.stream;
