package io.gatehouse.access.signin;

import org.eclipse.microprofile.openapi.annotations.Operation;

import io.gatehouse.access.people.Invitations;
import io.gatehouse.access.people.Invitations.Invited;
import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The page on which an invited person sets a password. */
@Path("/oauth/invitation")
public class InvitationResource {

    private final Invitations invitations;
    private final FormKeys keys;
    private final Pages pages;
    private final PageErrors errors;

    @Inject
    InvitationResource(Invitations invitations, FormKeys keys, Pages pages, PageErrors errors) {
        this.invitations = invitations;
        this.keys = keys;
        this.pages = pages;
        this.errors = errors;
    }

    @GET
    @Operation(hidden = true)
    public Uni<Response> show(@Context HttpServerRequest request, @QueryParam("token") @DefaultValue("") String token) {
        return form(200, request, token, null);
    }

    @Form
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> accept(@Context HttpServerRequest request, byte[] body) {
        Fields fields = keys.check(request, Fields.of(body));
        String token = fields.text("token");
        String password = fields.text("password");
        if (!password.equals(fields.text("again"))) {
            return form(400, request, token, "The two passwords are not the same: type yours once more");
        }
        return invitations.accept(token, password, Visits.origin(request))
                .map(invited -> invited == null ? gone() : pages.show(200, Templates.passwordSet(invited)).build())
                .onFailure(InvitationResource::isInvalid)
                .recoverWithUni(fault -> form(400, request, token, fault.getMessage()));
    }

    private static boolean isInvalid(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.INVALID;
    }

    private Uni<Response> form(int status, HttpServerRequest request, String token, String fault) {
        return invitations.find(token)
                .map(invited -> invited == null ? gone() : form(status, request, token, invited, fault));
    }

    private Response form(int status, HttpServerRequest request, String token, Invited invited, String fault) {
        String key = keys.of(request);
        return pages.show(status, Templates.invitation(invited, token, key, fault)).cookie(keys.cookie(key)).build();
    }

    private Response gone() {
        return errors.page(410, "This invitation is over", "It was used already, or another one took its place, or it is "
                + "too old. If you can't sign in, ask your administrator for a new one.").build();
    }
}
