package io.gatehouse.api.iam;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.oauth.ProtectedResources;
import io.gatehouse.access.oauth.UserGrants.UserGrant;

/** What an application may do in a user's name, in the shapes of this API. */
@Schema(name = "Grant")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrantBody(long id, String clientId, String clientName, Server mcpServer,
        @Schema(description = "The URL by which the application knows the server") String resource, List<String> scopes,
        Instant createdAt,
        @Schema(description = "When the application last got an access token") Instant lastUsedAt, Instant expiresAt) {

    /** Where the application may do it. */
    @Schema(name = "GrantServer")
    public record Server(String id, String name) {

        static Server of(ProtectedResources.Named server) {
            return server == null ? null : new Server(server.handle(), server.name());
        }
    }

    /** One page of a list. */
    @Schema(name = "GrantList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<GrantBody> items, boolean nextPage) {

        static Page of(io.gatehouse.kernel.Page<UserGrant> page) {
            return new Page(page.items().stream().map(GrantBody::of).toList(), page.more());
        }
    }

    static GrantBody of(UserGrant grant) {
        return new GrantBody(grant.id(), grant.clientId(), grant.clientName(), Server.of(grant.server()), grant.resource(),
                grant.scopes(), grant.createdAt(), grant.usedAt(), grant.expiresAt());
    }
}
