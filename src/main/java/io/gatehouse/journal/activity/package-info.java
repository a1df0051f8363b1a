/**
 * The activity log: one entry for every MCP call. The gateway hands an {@link io.gatehouse.journal.activity.Entry} to the
 * {@link io.gatehouse.journal.activity.Recorder}; a thread of its own masks it and commits it together with those that came
 * meanwhile. Entries lie in partitions by day, in the order of their time; who must miss none follows the batches in which
 * they were committed.
 */
package io.gatehouse.journal.activity;
