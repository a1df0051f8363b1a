/**
 * The OpenAPI documents that are published: one for each dialect, which says what its vendor's does and more, and one for
 * the rest. They are cut from what the code declares, and every operation gets the failures that all have.
 */
package io.gatehouse.api.documents;
