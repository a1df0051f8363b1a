/**
 * Clients of the management API: their signed tokens, their roles, and which projects they are kept to. A token is a JWT
 * which is good while its client's row names it, so that what happens to the row holds on every replica at once. Nobody
 * hands on more than they have; writers of one workspace follow one another, so that it never loses its last
 * administrator.
 */
package io.gatehouse.access.clients;
