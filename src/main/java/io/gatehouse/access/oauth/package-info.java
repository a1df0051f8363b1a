/**
 * Gatehouse's own authorization server (OAuth 2.1; RFC 7591, 7636, 8414, 8707, 9068, 9207): applications register or are
 * known by a document at their URL, a person who has signed in lets one of them use one MCP server, and it gets short-lived
 * access tokens for it and a refresh token that is good once. Service accounts let themselves in, by what they show. Everything
 * that outlives a request is a row, so any replica can go on; an access token is a JWT that is good
 * while its grant is.
 */
package io.gatehouse.access.oauth;
