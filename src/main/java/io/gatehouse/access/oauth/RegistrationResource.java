package io.gatehouse.access.oauth;

import java.time.Duration;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;

import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.limits.TokenBuckets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where applications register themselves (RFC 7591). What is registered is what we read: the rest is left out. */
@Path(Issuer.PATH + "/register")
public class RegistrationResource {

    private static final int LARGEST = 16 * 1024;

    private final OAuthClients clients;
    private final TokenBuckets buckets;
    private final TokenBuckets.Size rate;

    @Inject
    RegistrationResource(OAuthClients clients, TokenBuckets buckets,
            @ConfigProperty(name = "gatehouse.identity.registrations-per-hour", defaultValue = "100") int perHour) {
        this.clients = clients;
        this.buckets = buckets;
        this.rate = new TokenBuckets.Size(perHour, perHour, Duration.ofHours(1));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Response> register(String body, HttpServerRequest connection) {
        return buckets.take("register:" + connection.remoteAddress().hostAddress(), rate)
                .chain(() -> clients.register(parse(body)))
                .map(RegistrationResource::created)
                .onFailure().recoverWithItem(OAuthErrors::render);
    }

    private static ClientMetadata parse(String body) {
        if (body.length() > LARGEST) {
            throw Problem.tooLarge("The client's metadata has more than " + LARGEST + " characters");
        }
        try {
            return ClientMetadata.parse(JSONObjectUtils.parse(body));
        } catch (ParseException e) {
            throw e.getErrorObject() == null ? Problem.invalid("invalid_client_metadata", e.getMessage()) : OAuthErrors.of(e);
        }
    }

    private static Response created(OAuthClients.Registered registered) {
        OAuthClient client = registered.client();
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("client_id", client.id())
                .put("client_id_issued_at", registered.at().getEpochSecond())
                .put("client_name", client.name())
                .put("token_endpoint_auth_method", client.authentication().getValue());
        client.redirectUris().forEach(body.withArray("redirect_uris")::add);
        body.withArray("grant_types").add("authorization_code").add("refresh_token");
        body.withArray("response_types").add("code");
        if (registered.secret() != null) {
            body.put("client_secret", registered.secret()).put("client_secret_expires_at", 0);
        }
        return Response.status(Response.Status.CREATED).type(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store").entity(body).build();
    }
}
