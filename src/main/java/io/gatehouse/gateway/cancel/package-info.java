/**
 * Requests of the legacy era that are under way, and how their client ends one: by a notification that may come to any
 * replica. (In the modern era the client closes the stream instead, which is heard where the request is.)
 */
package io.gatehouse.gateway.cancel;
