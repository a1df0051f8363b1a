/**
 * What makes the audit trail evidence: the database links the entries of each workspace to a chain of hashes when they are
 * committed, what the chain has come to is signed now and then, and whoever has the entries can verify it, with a database or
 * with a file.
 */
package io.gatehouse.journal.chain;
