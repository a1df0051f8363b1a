/**
 * What a server's policy means for one request, made ready with the server's plan: from where it may come
 * ({@link io.gatehouse.platform.AddressRules}) and what a call counts against
 * ({@link io.gatehouse.gateway.limits.ServerLimits}).
 */
package io.gatehouse.gateway.limits;
