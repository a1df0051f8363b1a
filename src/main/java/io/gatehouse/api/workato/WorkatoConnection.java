package io.gatehouse.api.workato;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.connections.Connection;

/** A connection in this dialect. Its secret is never shown. */
@Schema(name = "Connection")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoConnection(long id, String name, long projectId, String baseUrl, String authenticationType,
        String in, String parameter, Instant createdAt, Instant updatedAt) {

    /** What a create request says. */
    @Schema(name = "ConnectionInput")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(@Schema(required = true, examples = "Orders, read only") String name,
            @Schema(description = "Required unless api_collection_id is given") Long projectId,
            @Schema(description = "The collection that reaches its back end through it from now on") Long apiCollectionId,
            @Schema(description = "In place of the servers that the document names", examples = "https://orders.example.com/v2") String baseUrl,
            Secret input) {
    }

    /** The credential: an API key, a bearer token, or user name and password; nothing for none. */
    @Schema(name = "ConnectionCredential")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Secret(@Schema(writeOnly = true) String apiKey, @Schema(writeOnly = true) String token,
            String username, @Schema(writeOnly = true) String password,
            @Schema(enumeration = {
                    "header", "query",
                    "cookie" }, description = "Where an API key goes, if the document does not say") String in,
            @Schema(description = "The header, query parameter or cookie of an API key") String name,
            @Schema(description = "Which security scheme of the document to use") String securityScheme){

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
                connection.scheme().parameter(), connection.createdAt(), connection.updatedAt());
    }
}
