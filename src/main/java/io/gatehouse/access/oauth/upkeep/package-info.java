/** Removes what the authorization server keeps and nobody can use any more. */
package io.gatehouse.access.oauth.upkeep;
