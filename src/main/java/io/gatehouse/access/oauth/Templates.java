package io.gatehouse.access.oauth;

import java.net.URI;

import io.gatehouse.access.people.EndUser;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages of this room, checked against their templates when the application is built. */
@CheckedTemplate(basePath = "oauth", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class Templates {

    private Templates() {
    }

    /**
     * @param host of the document that describes the application, or null
     * @param query of the request, to be put again
     * @param destination where the answer goes, as far as it tells something to a person
     * @param isLocal whether that is a program on the person's own machine
     * @param isOnlyLocal whether it could be no other by the application's document
     */
    static native TemplateInstance consent(String client, String host, ProtectedResource resource, EndUser person,
            boolean mayChange, String destination, boolean isLocal, boolean isOnlyLocal, String query, String key);

    /** @param back to the application, which hears of the refusal */
    static native TemplateInstance noAccess(String client, ProtectedResource resource, EndUser person, URI back, String key);
}
