/** The stages of a request: one class, one public method each. */
package io.gatehouse.gateway.stage;
