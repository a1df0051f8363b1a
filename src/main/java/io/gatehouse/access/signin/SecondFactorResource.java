package io.gatehouse.access.signin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiFunction;

import org.eclipse.microprofile.openapi.annotations.Operation;

import io.gatehouse.access.people.SecondFactors;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The pages on which somebody who signed in by password turns their second factor on and off. */
@Path("/oauth/second-factor")
public class SecondFactorResource {

    private static final String PURPOSE = "second-factor-key:";
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final SecondFactors factors;
    private final BrowserSessions sessions;
    private final Cookies cookies;
    private final FormKeys keys;
    private final Notes notes;
    private final Pages pages;

    @Inject
    SecondFactorResource(SecondFactors factors, BrowserSessions sessions, Cookies cookies, FormKeys keys, Notes notes,
            Pages pages) {
        this.factors = factors;
        this.sessions = sessions;
        this.cookies = cookies;
        this.keys = keys;
        this.notes = notes;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Uni<Response> show(@Context HttpServerRequest request) {
        return forPerson(request, (person, key) -> Uni.createFrom().item(person.secondFactor()
                ? page(200, key, Templates.secondFactorOff(key, null))
                : setUp(200, person, key, factors.newKey(), null)));
    }

    /** With a note of a new key it turns the second factor on, without one off; either takes a right code. */
    @Form
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> turn(@Context HttpServerRequest request, byte[] body) {
        Fields fields = keys.check(request, Fields.of(body));
        return forPerson(request, (person, key) -> fields.text("note").isEmpty()
                ? turnOff(person, key, fields.text("code"), Visits.origin(request))
                : turnOn(person, key, fields, Visits.origin(request)));
    }

    private Uni<Response> turnOn(SignedIn person, String key, Fields fields, Origin origin) {
        String secret = notes.open(PURPOSE + person.userId(), key, fields.text("note"));
        if (secret == null) {
            return Uni.createFrom().item(setUp(403, person, key, factors.newKey(),
                    "That page was too old: take this new key, and remove the earlier one from your app"));
        }
        return factors.turnOn(person.userId(), secret, fields.text("code"), origin).replaceWith(SecondFactorResource::done)
                .onFailure(failure -> isOf(failure, Problem.Kind.INVALID))
                .recoverWithItem(fault -> setUp(400, person, key, secret, fault.getMessage()));
    }

    private Uni<Response> turnOff(SignedIn person, String key, String code, Origin origin) {
        return factors.turnOff(person.userId(), code, origin).replaceWith(SecondFactorResource::done)
                .onFailure(failure -> isOf(failure, Problem.Kind.UNAUTHENTICATED))
                .recoverWithItem(fault -> page(403, key, Templates.secondFactorOff(key, fault.getMessage())));
    }

    private static boolean isOf(Throwable failure, Problem.Kind kind) {
        return failure instanceof Problem problem && problem.kind() == kind;
    }

    /** Whom the organisation's provider vouches for, its own factors guard. */
    private Uni<Response> forPerson(HttpServerRequest request, BiFunction<SignedIn, String, Uni<Response>> work) {
        return sessions.of(cookies.session(request)).chain(person -> person == null || person.federated()
                ? Uni.createFrom().item(done())
                : work.apply(person, keys.of(request)));
    }

    private Response setUp(int status, SignedIn person, String key, String secret, String fault) {
        String shown = factors.shown(secret);
        String uri = "otpauth://totp/Gatehouse:" + encoded(person.email()) + "?secret=" + shown + "&issuer=Gatehouse";
        return page(status, key, Templates.secondFactor(QrImage.of(uri), shown.replaceAll("(.{4})(?!$)", "$1 "),
                notes.seal(PURPOSE + person.userId(), key, LIFETIME, secret), key, fault));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Response page(int status, String key, TemplateInstance page) {
        return pages.show(status, page).cookie(keys.cookie(key)).build();
    }

    private static Response done() {
        return SignInResource.to("account").build();
    }
}
