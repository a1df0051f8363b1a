package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.connections.ClientGrant;
import io.gatehouse.connections.Connection;

/** A connection in this dialect. Its secret is never shown. */
@Schema(name = "Connection")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoConnection(long id, String name, long projectId, String baseUrl, String authenticationType,
        String in, String parameter, ClientCredentials input, Instant createdAt, Instant updatedAt) {

    /** Where access tokens come from, for the authentication type client_credentials. */
    @Schema(name = "ConnectionClientCredentials")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ClientCredentials(String tokenUrl, String clientId, String scope, String resource, String audience,
            String clientAuthentication) {

        static ClientCredentials of(ClientGrant grant) {
            return grant == null ? null
                    : new ClientCredentials(grant.tokenUrl().toString(), grant.clientId(), grant.scope(),
                            grant.resource() == null ? null : grant.resource().toString(), grant.audience(),
                            grant.authentication().name().toLowerCase(Locale.ROOT));
        }
    }

    /** What a create request says. */
    @Schema(name = "ConnectionInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(@Schema(required = true, examples = "Orders, read only") String name,
            @Schema(description = "Required unless api_collection_id is given") Long projectId,
            @Schema(description = "The collection that reaches its back end through it from now on") Long apiCollectionId,
            @Schema(description = "In place of the servers that the document names", examples = "https://orders.example.com/v2") String baseUrl,
            Secret input) {
    }

    /** What a change says; what is left out stays. */
    @Schema(name = "ConnectionChange")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Change(String name,
            @Schema(description = "An empty one takes it away") String baseUrl,
            @Schema(description = "Of the same kind of credential, only what shall be different is needed") Secret input) {
    }

    /**
     * The credential: an API key, a bearer token, user name and password, or what access tokens are got with; nothing for
     * none.
     */
    @Schema(name = "ConnectionCredential")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Secret(@Schema(writeOnly = true) String apiKey, @Schema(writeOnly = true) String token,
            String username, @Schema(writeOnly = true) String password,
            @Schema(enumeration = {
                    "header", "query",
                    "cookie" }, description = "Where an API key goes, if the document does not say") String in,
            @Schema(description = "The header, query parameter or cookie of an API key") String name,
            @Schema(description = "Which security scheme of the document to use") String securityScheme,
            @Schema(description = "Where access tokens are got by the client credentials grant of OAuth 2.0", examples = "https://login.example.com/oauth/token") String tokenUrl,
            String clientId, @Schema(writeOnly = true) String clientSecret,
            @Schema(description = "Words with spaces between them", examples = "orders.read orders.write") String scope,
            @Schema(description = "What the tokens are for (RFC 8707)", examples = "https://orders.example.com/v2") String resource,
            @Schema(description = "The same for token endpoints that ask for an audience") String audience,
            @Schema(enumeration = { "client_secret_basic",
                    "client_secret_post" }, defaultValue = "client_secret_basic") String clientAuthentication){

        /** Keeps secrets out of logs. */
        @Override
        public String toString() {
            return "Secret";
        }
    }

    /** One page of a list. */
    @Schema(name = "ConnectionList")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<WorkatoConnection> items, boolean nextPage) {
    }

    static WorkatoConnection of(Connection connection) {
        return new WorkatoConnection(connection.id(), connection.name(), connection.projectId(), connection.baseUrl(),
                connection.scheme().kind().name().toLowerCase(Locale.ROOT),
                connection.scheme().place() == null ? null
                        : connection.scheme().place().name().toLowerCase(Locale.ROOT),
                connection.scheme().parameter(), ClientCredentials.of(connection.scheme().grant()), connection.createdAt(),
                connection.updatedAt());
    }
}
