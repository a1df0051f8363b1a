/** The ledger of every write of the control plane. */
package io.gatehouse.journal.audit;
