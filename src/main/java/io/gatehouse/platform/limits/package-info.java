/** Limits that all replicas share. */
package io.gatehouse.platform.limits;
