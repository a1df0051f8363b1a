package io.gatehouse.gateway.stage;

import java.util.Collection;

import io.gatehouse.access.oauth.Scopes;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.protocol.Fault;
import io.gatehouse.platform.PublicUrl;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * What a client that is not let in is told to do (RFC 6750, section 3; RFC 9728, section 5.1). Where no authorization server
 * would help it names none: clients that are told of one begin to ask there, whatever token they were given.
 */
@Singleton
class Challenge {

    private final String metadata;

    @Inject
    Challenge(PublicUrl publicUrl) {
        this.metadata = publicUrl.below("/.well-known/oauth-protected-resource/mcp/");
    }

    /** For a request without a credential. */
    Fault unknown(Located located) {
        return Fault.unauthenticated("This MCP server needs a token: Authorization: Bearer <token>",
                located.server().plan().entrance().isByOAuth() ? bearer(located, Scopes.ALL) : "Bearer");
    }

    /** For a credential that does not open the server. */
    Fault refused(Located located, String why) {
        String error = "error=\"invalid_token\", error_description=\"" + quoted(why) + '"';
        return Fault.unauthenticated(why, located.server().plan().entrance().isByOAuth()
                ? bearer(located, Scopes.ALL) + ", " + error
                : "Bearer " + error);
    }

    /** For a credential that is good, but not for this; names every scope at once, for clients ask for what is named. */
    Fault insufficient(Located located, Collection<String> needed) {
        String why = "This needs the scope " + String.join(" ", needed);
        return Fault.forbidden(why,
                bearer(located, needed) + ", error=\"insufficient_scope\", error_description=\"" + why + '"');
    }

    private String bearer(Located located, Collection<String> scopes) {
        return "Bearer resource_metadata=\"" + metadata + located.arrival().handle() + "\", scope=\""
                + String.join(" ", scopes) + '"';
    }

    /** RFC 6750, section 3: of the visible characters, all but quotes and backslashes. */
    private static String quoted(String text) {
        return text.replaceAll("[^\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]", "'");
    }
}
