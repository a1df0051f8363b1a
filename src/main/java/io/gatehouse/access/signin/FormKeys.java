package io.gatehouse.access.signin;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.gatehouse.access.tokens.TokenDigest;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.PublicUrl;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;

/**
 * Sees to it that a form comes from a page of ours: it has to say what a cookie says that no other site can read or set,
 * and the browser must not tell that it comes from elsewhere.
 */
@Singleton
public class FormKeys {

    private static final String FIELD = "form_key";
    private static final int LENGTH = 43;
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final Cookies cookies;
    private final Set<String> origins;

    @Inject
    FormKeys(Cookies cookies, PublicUrl publicUrl,
            @ConfigProperty(name = "gatehouse.identity.issuer") Optional<String> issuer) {
        this.cookies = cookies;
        this.origins = Stream.concat(Stream.of(publicUrl.origin()), issuer.stream().map(PublicUrl::origin))
                .collect(Collectors.toSet());
    }

    /** The key for the forms of a page, in a field {@code form_key}, the same for all pages that this browser has open. */
    public String of(HttpServerRequest request) {
        String known = cookies.form(request);
        return known != null && known.length() == LENGTH ? known : TokenDigest.random();
    }

    /** Goes with every page that has a form with the key. */
    public NewCookie cookie(String key) {
        return cookies.newForm(key);
    }

    /**
     * The fields of a form that comes from a page of ours.
     *
     * @throws Problem FORBIDDEN
     */
    public Fields check(HttpServerRequest request, Fields fields) {
        String known = cookies.form(request);
        boolean fits = known != null && known.length() == LENGTH
                && TokenDigest.areEqual(known, fields.text(FIELD));
        if (!fits || !isOurs(request)) {
            throw Problem.forbidden("This form was not sent from the page that belongs to it, or the page is too old, or "
                    + "cookies are switched off. Go back, load the page again, and try once more.");
        }
        return fields;
    }

    private boolean isOurs(HttpServerRequest request) {
        String from = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        return (from == null || origins.contains(from)) && (site == null || OURS.contains(site));
    }
}
