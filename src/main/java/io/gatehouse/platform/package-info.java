/**
 * The ground that the rooms stand on: database settings, the change bus between replicas, guarded outbound HTTP, the
 * vault for secrets, the role of this process, request ids and health. Knows nothing of servers, tools or callers.
 */
package io.gatehouse.platform;
