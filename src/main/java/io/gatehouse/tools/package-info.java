/**
 * Things that can become tools of a server, one sub-room per kind: {@code operation} for the operations of imported
 * OpenAPI documents. Everything here has an id in one catalogue, whatever its kind.
 */
package io.gatehouse.tools;
