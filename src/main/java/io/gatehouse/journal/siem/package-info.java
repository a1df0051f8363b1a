/**
 * Streams the activity log and the audit trail to other systems. The {@link io.gatehouse.journal.siem.Shipper} of one replica
 * at a time holds a destination, reads what comes after its cursor, delivers it in batches, and moves the cursor when it is
 * told that they are there: what is sent twice has the same id.
 */
package io.gatehouse.journal.siem;
