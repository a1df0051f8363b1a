package io.gatehouse.access.sso;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.Operation;

import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;

import io.gatehouse.access.issuers.OpenIdProvider;
import io.gatehouse.access.issuers.OpenIdProviders;
import io.gatehouse.access.people.ProviderSignIns;
import io.gatehouse.access.signin.BrowserSessions;
import io.gatehouse.access.signin.Cookies;
import io.gatehouse.access.signin.FormKeys;
import io.gatehouse.access.signin.Visits;
import io.gatehouse.access.signin.Voucher;
import io.gatehouse.access.sso.Conversation.Told;
import io.gatehouse.access.sso.IdentityProviders.Login;
import io.gatehouse.access.sso.Journeys.Errand;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.limits.TokenBuckets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/**
 * Sends people to the organisation's provider, and takes them in who come back. Whatever the provider answers, nobody is
 * sent there again by themselves: a page says what is wrong.
 */
@Path("/oauth/sso")
public class SsoResource {

    private static final int LONGEST_REASON = 300;

    /** From one network address: everybody at a company may have the same. */
    private static final TokenBuckets.Size RATE = new TokenBuckets.Size(600, 600, Duration.ofMinutes(1));

    private final IdentityProviders providers;
    private final OpenIdProviders known;
    private final Journeys journeys;
    private final Conversation conversation;
    private final ProviderSignIns signIns;
    private final BrowserSessions sessions;
    private final Cookies cookies;
    private final FormKeys keys;
    private final TokenBuckets buckets;

    @Inject
    SsoResource(IdentityProviders providers, OpenIdProviders known, Journeys journeys, Conversation conversation,
            ProviderSignIns signIns, BrowserSessions sessions, Cookies cookies, FormKeys keys, TokenBuckets buckets) {
        this.providers = providers;
        this.known = known;
        this.journeys = journeys;
        this.conversation = conversation;
        this.signIns = signIns;
        this.sessions = sessions;
        this.cookies = cookies;
        this.keys = keys;
        this.buckets = buckets;
    }

    /** What follows the question mark belongs to the request that led here, and goes on when the person is back. */
    @GET
    @Path("start")
    @Operation(hidden = true)
    public Uni<Response> start(@Context HttpServerRequest request) {
        String query = request.query() == null ? "" : request.query();
        Journey journey = Journey.begin(keys.of(request));
        return buckets.take("sso:" + request.remoteAddress().hostAddress(), RATE).chain(this::login)
                .chain(login -> find(login)
                        .call(() -> journeys.begin(journey, new Errand(login.provider().id(), query)))
                        .map(provider -> to(question(login, provider, journey).toString(), keys.cookie(journey.key()))));
    }

    private Uni<Login> login() {
        return providers.only().map(login -> login.orElseThrow(() -> Problem.conflict("no_identity_provider",
                "You would sign in with your organisation's identity provider, but none is set up. Tell your "
                        + "administrator.")));
    }

    private Uni<OpenIdProvider> find(Login login) {
        return known.find(login.provider().issuer()).onFailure().transform(failure -> mute(login, failure));
    }

    /** What went wrong is for the log: it tells of the network that we are in. */
    private static Problem mute(Login login, Throwable failure) {
        return Problem.upstream(login.provider().name() + " can't be asked who you are, or answers what can't be trusted. "
                + "Go back to the application and start once more; if it stays, tell your administrator the time.", failure);
    }

    private static URI question(Login login, OpenIdProvider provider, Journey journey) {
        return new AuthenticationRequest.Builder(ResponseType.CODE, Scope.parse(login.provider().scopes()),
                new ClientID(login.provider().clientId()), URI.create(login.provider().redirectUri()))
                .endpointURI(provider.authorization()).state(new State(journey.state())).nonce(new Nonce(journey.nonce()))
                .codeChallenge(new CodeVerifier(journey.verifier()), CodeChallengeMethod.S256).build().toURI();
    }

    @GET
    @Path("callback")
    @Operation(hidden = true)
    public Uni<Response> callback(@Context HttpServerRequest request) {
        Origin origin = Visits.origin(request);
        Map<String, List<String>> said = URLUtils.parseParameters(request.query());
        Journey journey = new Journey(one(said, "state"), keys.of(request));
        return journeys.end(journey).onItem().ifNull().failWith(SsoResource::lost)
                .chain(errand -> login().chain(login -> told(login, journey, said)
                        .chain(told -> signIns.signIn(Profiles.of(login.provider(), told.claims()),
                                login.provider().createUsers(), origin)
                                .call(() -> sessions.end(cookies.session(request)))
                                .chain(user -> sessions.begin(user, new Voucher(errand.providerId(), told.idToken()))))
                        .map(session -> to(errand.query().isEmpty() ? "../account" : "../authorize?" + errand.query(),
                                cookies.newSession(session)))));
    }

    private Uni<Told> told(Login login, Journey journey, Map<String, List<String>> said) {
        return find(login).invoke(provider -> check(login, provider, said))
                .chain(provider -> conversation.redeem(login, provider, journey, one(said, "code"))
                        .onFailure().transform(failure -> mute(login, failure)));
    }

    private static Problem lost() {
        return Problem.forbidden("This sign-in was not begun in this browser, is over, or took too long, or cookies are "
                + "switched off. Go back to the application and start once more.");
    }

    /** Empty for none; more than one is none of the protocol's. */
    private static String one(Map<String, List<String>> said, String name) {
        List<String> values = said.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }

    /** An answer of another provider would hand its code to this one (RFC 9207). */
    private static void check(Login login, OpenIdProvider provider, Map<String, List<String>> said) {
        if (said.containsKey("iss") || provider.namesItself()) {
            if (!login.provider().issuer().equals(one(said, "iss"))) {
                throw mute(login, Problem.upstream("The answer is another issuer's", null));
            }
        }
        if (said.containsKey("error")) {
            String why = one(said, "error") + " " + one(said, "error_description");
            throw Problem.forbidden(login.provider().name() + " does not let you in: "
                    + (why.length() <= LONGEST_REASON ? why.strip() : why.substring(0, LONGEST_REASON) + "…"));
        }
        if (one(said, "code").isEmpty()) {
            throw mute(login, Problem.upstream("The answer has no code", null));
        }
    }

    /** As it is: a framework would make a relative one absolute, of the host that it takes itself for. */
    private static Response to(String place, NewCookie cookie) {
        return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, place).cookie(cookie)
                .header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
