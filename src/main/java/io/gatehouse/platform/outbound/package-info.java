/** HTTP requests to the outside, each through one guard against server-side request forgery. */
package io.gatehouse.platform.outbound;
