package io.gatehouse.access.signin;

import java.net.URI;

import io.gatehouse.access.people.Invitations.Invited;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages of this room, checked against their templates when the application is built. */
@CheckedTemplate(basePath = "signin", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class Templates {

    private Templates() {
    }

    /**
     * @param refusal why the person is not signed in, or null when they have not tried yet
     * @param provider at which the person can sign in too, or null for none
     * @param elsewhere leads there
     */
    static native TemplateInstance signIn(String action, String key, String email, String refusal, String provider,
            String elsewhere);

    /** @param refusal why the code does not let the person in, or null when they have not tried one yet */
    static native TemplateInstance code(String action, String note, String key, String refusal);

    /**
     * @param secret the key, for typing
     * @param note of the key
     * @param fault what is wrong, or null when nothing has been tried yet
     */
    static native TemplateInstance secondFactor(QrImage qr, String secret, String note, String key, String fault);

    /** @param fault why it is still on, or null when nothing has been tried yet */
    static native TemplateInstance secondFactorOff(String key, String fault);

    /** @param fault what is wrong with the password, or null when none has been chosen yet */
    static native TemplateInstance invitation(Invited invited, String token, String key, String fault);

    static native TemplateInstance passwordSet(Invited invited);

    static native TemplateInstance account(SignedIn person, String key);

    /** @param elsewhere where the person signs out of the provider too, or null for nowhere */
    static native TemplateInstance signedOut(String provider, URI elsewhere);

    static native TemplateInstance failure(String title, String message);
}
