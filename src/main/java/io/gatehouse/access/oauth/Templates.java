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
     * @param query of the request, to be put again
     * @param destination where the answer goes, as far as it tells something to a person
     * @param isLocal whether that is a program on the person's own machine
     */
    static native TemplateInstance consent(String client, ProtectedResource resource, EndUser person, boolean mayChange,
            String destination,
            boolean isLocal, String query, String key);

    /** @param back to the application, which hears of the refusal */
    static native TemplateInstance noAccess(String client, ProtectedResource resource, EndUser person, URI back, String key);
}
