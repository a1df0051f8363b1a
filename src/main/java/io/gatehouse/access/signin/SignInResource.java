package io.gatehouse.access.signin;

import java.net.URI;
import java.time.Duration;

import org.eclipse.microprofile.openapi.annotations.Operation;

import io.gatehouse.access.people.EndUser;
import io.gatehouse.access.people.SecondFactors;
import io.gatehouse.access.people.SignIns;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/**
 * The pages on which people sign in and out. What follows the question mark belongs to the request that led here, which
 * goes on when the person is signed in; it leads nowhere else.
 */
@Path("/oauth")
public class SignInResource {

    private static final String STEP = "sign-in";
    private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

    private final SignIns signIns;
    private final SecondFactors factors;
    private final BrowserSessions sessions;
    private final Federation federation;
    private final Cookies cookies;
    private final FormKeys keys;
    private final Notes notes;
    private final Pages pages;

    @Inject
    SignInResource(SignIns signIns, SecondFactors factors, BrowserSessions sessions, Federation federation, Cookies cookies,
            FormKeys keys,
            Notes notes, Pages pages) {
        this.signIns = signIns;
        this.factors = factors;
        this.sessions = sessions;
        this.federation = federation;
        this.cookies = cookies;
        this.keys = keys;
        this.notes = notes;
        this.pages = pages;
    }

    @GET
    @Path("sign-in")
    @Operation(hidden = true)
    public Uni<Response> show(@Context HttpServerRequest request) {
        return form(200, request, "", null);
    }

    /**
     * By password, and then by the code where the person has a second factor: its page brings a note of who it was. The answer
     * to every refusal of a step is the same, whatever the reason.
     */
    @Form
    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> signIn(@Context HttpServerRequest request, byte[] body) {
        Fields fields = keys.check(request, Fields.of(body));
        String note = fields.text("note");
        if (!note.isEmpty()) {
            return signIn(request, note, fields.text("code"));
        }
        String email = fields.text("email");
        return signIns.signIn(email, fields.text("password"), Visits.origin(request))
                .chain(user -> user.secondFactor()
                        ? Uni.createFrom().item(code(200, request, notes.seal(STEP, keys.of(request), LONGEST_STEP,
                                user.id() + " " + user.epoch()), null))
                        : begin(request, user))
                .onFailure(SignInResource::isRefusal)
                .recoverWithUni(refusal -> form(403, request, email, refusal.getMessage()));
    }

    private Uni<Response> signIn(HttpServerRequest request, String note, String code) {
        String opened = notes.open(STEP, keys.of(request), note);
        if (opened == null) {
            return form(403, request, "", "That took too long, or was begun in another browser. Sign in once more.");
        }
        String[] person = opened.split(" ");
        return factors.signIn(Long.parseLong(person[0]), Integer.parseInt(person[1]), code, Visits.origin(request))
                .chain(user -> begin(request, user))
                .onFailure(SignInResource::isRefusal)
                .recoverWithItem(refusal -> code(403, request, note, refusal.getMessage()));
    }

    private Response code(int status, HttpServerRequest request, String note, String refusal) {
        String key = keys.of(request);
        return pages.show(status, Templates.code("sign-in" + query(request), note, key, refusal), Visits.redirectUri(request))
                .cookie(keys.cookie(key)).build();
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED;
    }

    private Uni<Response> begin(HttpServerRequest request, EndUser user) {
        return sessions.end(cookies.session(request)).chain(() -> sessions.begin(user, null))
                .map(session -> to(isAsked(request) ? "authorize" + query(request) : "account")
                        .cookie(cookies.newSession(session)).build());
    }

    private Uni<Response> form(int status, HttpServerRequest request, String email, String refusal) {
        String key = keys.of(request);
        String query = query(request);
        return federation.name().map(provider -> pages.show(status, Templates.signIn("sign-in" + query, key, email, refusal,
                provider.orElse(null), "sso/start" + query), Visits.redirectUri(request)).cookie(keys.cookie(key)).build());
    }

    private static String query(HttpServerRequest request) {
        return isAsked(request) ? "?" + request.query() : "";
    }

    /** Whether a request waits for the person to sign in. */
    private static boolean isAsked(HttpServerRequest request) {
        return request.query() != null && !request.query().isEmpty();
    }

    @GET
    @Path("account")
    @Operation(hidden = true)
    public Uni<Response> account(@Context HttpServerRequest request) {
        return sessions.of(cookies.session(request))
                .map(person -> person == null ? to("sign-in").build() : account(request, person));
    }

    private Response account(HttpServerRequest request, SignedIn person) {
        String key = keys.of(request);
        return pages.show(200, Templates.account(person, key)).cookie(keys.cookie(key)).build();
    }

    @Form
    @POST
    @Path("sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> signOut(@Context HttpServerRequest request, byte[] body) {
        keys.check(request, Fields.of(body));
        return sessions.end(cookies.session(request))
                .chain(voucher -> voucher == null ? Uni.createFrom().item(signedOut(null, null))
                        : federation.signOut(voucher).chain(elsewhere -> federation.name()
                                .map(provider -> signedOut(provider.orElse(null), elsewhere.orElse(null)))));
    }

    private Response signedOut(String provider, URI elsewhere) {
        return pages.show(200, Templates.signedOut(provider, elsewhere)).cookie(cookies.noSession()).build();
    }

    /** @param page beside this one, so that it does not matter where a proxy puts them all */
    static ResponseBuilder to(String page) {
        return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, page)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
