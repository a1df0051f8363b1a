/**
 * Clients that listen: who stays at a server of this replica, until they are let in no more, and what they are told of
 * changes to its lists. A notice of a change, from whichever replica, makes {@link io.gatehouse.gateway.listen.Watch} look
 * at the servers that it concerns; whoever stays there sees the server as it is now, and says what that means to its client.
 */
package io.gatehouse.gateway.listen;
