package io.gatehouse.access.oauth.documents;

import java.util.List;

/**
 * What an application says of itself.
 *
 * @param id the URL of the document, as it is written there
 */
public record ClientDocument(String id, String name, List<String> redirectUris) {
}
