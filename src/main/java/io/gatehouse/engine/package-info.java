/**
 * Carries out one {@link io.gatehouse.plan.Action}: fetch the credential, do the work within its bounds, and say honestly
 * what came of it. A failure of the work is an {@link io.gatehouse.engine.Outcome} for the agent to read, not an
 * exception. One sub-room per kind of action; flows and proxied tools join {@code http} here.
 */
package io.gatehouse.engine;
