/**
 * Credentials to outside APIs. A secret comes in once, is sealed under the master key and leaves only as a
 * {@link io.gatehouse.connections.Credential} for the engine, or to a token endpoint that gives one for it; no use-case
 * shows it again.
 */
package io.gatehouse.connections;
