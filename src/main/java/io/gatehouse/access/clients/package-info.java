/**
 * Who may manage: clients of the management API with their signed tokens, people whom the authorization server lets in, the
 * roles of both, and which projects they are kept to. A client's token is a JWT which is good while its client's row names
 * it, and what a person may is read for each request, so that what happens to a row holds on every replica at once. Nobody
 * hands on more than they have; writers of one workspace follow one another, so that it never loses the last one who may do
 * everything.
 */
package io.gatehouse.access.clients;
