/**
 * What applications say of themselves at the https URL that is their id (draft-ietf-oauth-client-id-metadata-document).
 * Whoever asks us for a page names that URL, so it is fetched as an attacker's: through the guard, small, soon, and not
 * where a redirect leads to.
 */
package io.gatehouse.access.oauth.documents;
