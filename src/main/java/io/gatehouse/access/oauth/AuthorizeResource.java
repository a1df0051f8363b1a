package io.gatehouse.access.oauth;

import java.net.URI;

import org.eclipse.microprofile.openapi.annotations.Operation;

import com.nimbusds.oauth2.sdk.OAuth2Error;

import io.gatehouse.access.people.EndUser;
import io.gatehouse.access.people.EndUsers;
import io.gatehouse.access.signin.BrowserSessions;
import io.gatehouse.access.signin.Cookies;
import io.gatehouse.access.signin.Fields;
import io.gatehouse.access.signin.Form;
import io.gatehouse.access.signin.FormKeys;
import io.gatehouse.access.signin.Pages;
import io.gatehouse.access.signin.SignedIn;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
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

/**
 * Where an application sends a person to be let in (RFC 6749, section 3.1). Nothing is kept between the pages: each carries
 * the whole request, which is judged anew.
 */
@Path(Issuer.PATH + "/authorize")
public class AuthorizeResource {

    private final Questions questions;
    private final Answers answers;
    private final ManagementAccess management;
    private final Consents consents;
    private final Codes codes;
    private final BrowserSessions sessions;
    private final EndUsers people;
    private final Cookies cookies;
    private final FormKeys keys;
    private final Pages pages;

    @Inject
    AuthorizeResource(Questions questions, Answers answers, ManagementAccess management, Consents consents, Codes codes,
            BrowserSessions sessions, EndUsers people, Cookies cookies, FormKeys keys, Pages pages) {
        this.questions = questions;
        this.answers = answers;
        this.management = management;
        this.consents = consents;
        this.codes = codes;
        this.sessions = sessions;
        this.people = people;
        this.cookies = cookies;
        this.keys = keys;
        this.pages = pages;
    }

    @GET
    @Operation(hidden = true)
    public Uni<Response> ask(@Context HttpServerRequest request) {
        return judge(request, request.query(),
                (asked, person) -> consents.cover(person, asked).chain(agreed -> agreed && !asked.prompts()
                        ? letIn(person, asked)
                        : Uni.createFrom().item(consent(request, asked, person))));
    }

    /** The person has decided, on our page. */
    @Form
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> decide(@Context HttpServerRequest request, byte[] body) {
        Fields fields = keys.check(request, Fields.of(body));
        return judge(request, fields.text("query"), (asked, person) -> fields.text("decision").equals("allow")
                ? consents.remember(person, asked, asked.scopes()).chain(() -> letIn(person, asked))
                : Uni.createFrom().item(to(refusal(asked).toString())));
    }

    /** What comes of a question once it is known who is asked, and that they have access. */
    private interface Decision {

        Uni<Response> on(Asked asked, EndUser person);
    }

    private Uni<Response> judge(HttpServerRequest request, String query, Decision decision) {
        return questions.read(query).chain(question -> question instanceof Asked asked
                ? sessions.of(cookies.session(request)).chain(signedIn -> known(asked, signedIn))
                        .chain(person -> person == null ? Uni.createFrom().item(signIn(request, asked, query))
                                : management.lets(person, asked.resource()).chain(lets -> lets ? decision.on(asked, person)
                                        : Uni.createFrom().item(noAccess(request, asked, person))))
                : Uni.createFrom().item(to(((Question.Refused) question).answer().toString())));
    }

    /** Null for nobody whom this workspace knows, and for one who has to show who they are in another way. */
    private Uni<EndUser> known(Asked asked, SignedIn signedIn) {
        return signedIn == null || asked.resource().federated() && !signedIn.federated() ? Uni.createFrom().nullItem()
                : people.known(asked.resource().workspaceId(), signedIn.userId());
    }

    private Uni<Response> letIn(EndUser person, Asked asked) {
        return codes.issue(person, asked).map(code -> to(answers.code(asked, code).toString()));
    }

    private URI refusal(Asked asked) {
        return answers.refusal(asked, OAuth2Error.ACCESS_DENIED);
    }

    private Response consent(HttpServerRequest request, Asked asked, EndUser person) {
        String key = keys.of(request);
        URI destination = URI.create(asked.redirectUri());
        boolean isLocal = !"https".equals(destination.getScheme());
        return pages.show(200, Templates.consent(asked.client().name(), asked.client().host(), asked.resource(), person,
                asked.scopes().contains(Scopes.WRITE),
                destination.getHost() == null ? destination.getScheme() + ":"
                        : destination.getScheme() + "://"
                                + destination.getRawAuthority(),
                isLocal, asked.client().isOnlyLocal(), request.query(), key), asked.redirectUri()).cookie(keys.cookie(key))
                .build();
    }

    private Response noAccess(HttpServerRequest request, Asked asked, EndUser person) {
        String key = keys.of(request);
        return pages.show(403, Templates.noAccess(asked.client().name(), asked.resource(), person, refusal(asked),
                key), asked.redirectUri()).cookie(keys.cookie(key)).build();
    }

    /** A form is held against a page's policy wherever it leads, and to the provider it may not. */
    private static Response signIn(HttpServerRequest request, Asked asked, String query) {
        if (asked.resource().federated() && request.method() != HttpMethod.GET) {
            throw Problem.forbidden("You are not signed in any more. Go back to the application, and start once more.");
        }
        return to((asked.resource().federated() ? "sso/start?" : "sign-in?") + query);
    }

    /** As it is: a framework would make a relative one absolute, of the host that it takes itself for. */
    private static Response to(String place) {
        return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, place)
                .header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
