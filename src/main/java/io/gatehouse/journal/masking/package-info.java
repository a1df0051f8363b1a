/** Hides in JSON what must not be recorded: secrets by the names of their members or by their form. */
package io.gatehouse.journal.masking;
