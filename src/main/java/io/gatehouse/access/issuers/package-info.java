/**
 * Gatehouse as a plain resource server of issuers outside (RFC 6750). An MCP server trusts one issuer, which publishes its
 * metadata and its keys; a token is a JWT that one of the keys has signed, or opaque, and then the issuer itself is asked.
 * What can't be checked lets nobody in. Nothing of this is stored; every replica asks by itself.
 */
package io.gatehouse.access.issuers;
