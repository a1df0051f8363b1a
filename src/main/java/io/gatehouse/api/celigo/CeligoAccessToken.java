package io.gatehouse.api.celigo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.gatehouse.access.clients.ApiClient;
import io.gatehouse.access.tokens.IssuedToken;

/** A token in this dialect: of a client that may do everything, or one that opens some MCP servers. */
@Schema(name = "AccessToken", description = "A token that manages the account, or one that opens some MCP servers")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CeligoAccessToken(@JsonProperty("_id") @Schema(format = "objectId", readOnly = true) String id,
        String name,
        @Schema(readOnly = true, description = "The token itself after its creation, ****** from then on") String token,
        @Schema(description = "Whether it manages the account") boolean fullAccess,
        @JsonProperty("_mcpServerIds") @Schema(description = "The servers that it opens") List<String> mcpServerIds,
        @Schema(description = "Whether it is refused") boolean revoked,
        @Schema(description = "When it stops to be good; absent for never") Instant autoPurgeAt,
        @Schema(readOnly = true, description = "Known some seconds after the use") Instant lastUsed,
        @Schema(readOnly = true) Instant createdAt, @Schema(readOnly = true) Instant lastModified) {

    /** What a request says. */
    @Schema(name = "AccessTokenRequest")
    public record Request(@Schema(required = true, maxLength = 300, examples = "Nightly agent") String name,
            @Schema(description = "To manage the account; not together with _mcpServerIds") Boolean fullAccess,
            @JsonProperty("_mcpServerIds") @Schema(description = "The servers that it opens") List<String> mcpServerIds,
            @Schema(description = "A token must be revoked before it can be deleted") Boolean revoked,
            @Schema(description = "Within 30 days") Instant autoPurgeAt) {
    }

    static CeligoAccessToken of(ApiClient client, String secret) {
        return new CeligoAccessToken(client.objectId(), client.name(), secret, true, null,
                client.revokedAt() != null, client.expiresAt(), null, client.createdAt(), client.updatedAt());
    }

    /** @param serverIds the object ids of servers, by id */
    static CeligoAccessToken of(IssuedToken token, String secret, Map<Long, String> serverIds) {
        return new CeligoAccessToken(token.objectId(), token.name(), secret, false,
                token.serverIds().stream().map(serverIds::get).filter(Objects::nonNull).sorted().toList(),
                token.revokedAt() != null, token.expiresAt(), token.lastUsedAt(), token.createdAt(), token.updatedAt());
    }
}
