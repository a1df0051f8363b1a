package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.access.tokens.IssuedToken;

/** A token of an MCP server in this dialect; its secret is there in the answer to its creation only. */
@Schema(name = "McpToken", description = "A token that opens an MCP server")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoToken(long id, @Schema(examples = "Nightly agent") String name,
        @Schema(description = "The token itself, shown this once") String token,
        @Schema(description = "Whether it is the one that token_renew replaces") boolean main,
        @Schema(description = "Absent when it does not expire") Instant expiresAt,
        @Schema(description = "Absent while it is good") Instant revokedAt,
        @Schema(description = "Known some seconds after the use") Instant lastUsedAt, Instant createdAt) {

    /** What a request says. */
    @Schema(name = "McpTokenInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(@Schema(required = true, examples = "Nightly agent") String name,
            @Schema(description = "When it stops to open the server; never, where it is left out", format = "date-time") String expiresAt) {
    }

    /** One page of a list. */
    @Schema(name = "McpTokenList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoToken> items, boolean nextPage) {
    }

    static WorkatoToken of(IssuedToken token) {
        return of(token, null);
    }

    static WorkatoToken of(IssuedToken.Fresh fresh) {
        return of(fresh.token(), fresh.secret());
    }

    private static WorkatoToken of(IssuedToken token, String secret) {
        return new WorkatoToken(token.id(), token.name(), secret, token.main(), token.expiresAt(), token.revokedAt(),
                token.lastUsedAt(), token.createdAt());
    }
}
