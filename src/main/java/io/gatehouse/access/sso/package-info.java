/**
 * Sign-in at the organisation's own provider of OpenID Connect. The provider says who a person is and in which groups; what
 * opens MCP servers are our own tokens, as always. A browser is sent to the provider and comes back to
 * {@link io.gatehouse.access.sso.SsoResource}, with a session that says that the provider has vouched for the person.
 */
package io.gatehouse.access.sso;
