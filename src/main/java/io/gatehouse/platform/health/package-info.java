/** Probes: is the process alive, has it started, can it serve. */
package io.gatehouse.platform.health;
