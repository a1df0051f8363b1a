/** Requests drawn at random from an OpenAPI document, good and bad, and a judge of what comes back. */
package io.gatehouse.testing.input;
