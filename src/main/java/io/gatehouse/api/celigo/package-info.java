/**
 * The dialect of Celigo's API under {@code /v1}: ids of 24 hexadecimal characters, bare objects and arrays, every fault of
 * a request in one answer, lists that are paged by {@code Link}.
 */
package io.gatehouse.api.celigo;
