/** The audit trail in the shapes of the Workato dialect. That of Celigo shows it in its own room. */
package io.gatehouse.api.audit;
