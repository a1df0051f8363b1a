/**
 * The activity log: one entry for every MCP call. The gateway hands an {@link io.gatehouse.journal.activity.Entry} to the
 * {@link io.gatehouse.journal.activity.Recorder}, which masks it and puts it into the form in which it is stored; a thread of
 * its own commits it together with those that came meanwhile, in chunks. These lie in partitions by day; who must miss none
 * follows the batches in which they were committed.
 */
package io.gatehouse.journal.activity;
