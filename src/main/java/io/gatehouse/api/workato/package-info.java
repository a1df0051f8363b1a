/**
 * The Workato dialect, {@code /api/...}: its wire shapes, its paging, its error envelope. Three files per resource: the
 * resource (syntax, status), the wire shapes, the mapping to and from the domain.
 */
package io.gatehouse.api.workato;
