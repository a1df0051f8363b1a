/** What happened, in ledgers that are only ever added to. Rooms write here in the transaction of what they record. */
package io.gatehouse.journal;
