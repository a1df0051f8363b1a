/**
 * The words that every room shares: who calls, what they may do, what went wrong, which slice of a list is meant. Plain
 * Java without a framework; imports no other room.
 */
package io.gatehouse.kernel;
