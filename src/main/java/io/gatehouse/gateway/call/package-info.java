/**
 * The era-free core of {@code tools/call} (check the arguments, run the action) and of {@code prompts/get} (check the
 * arguments, fill them in).
 */
package io.gatehouse.gateway.call;
