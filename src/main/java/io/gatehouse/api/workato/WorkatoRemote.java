package io.gatehouse.api.workato;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** The third-party MCP server that a proxy server stands for, in this dialect. Its secret is never shown. */
@Schema(name = "RemoteMcpServer", description = "The third-party MCP server that a proxy server stands for")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoRemote(
        @Schema(description = "Other proxy servers of the project can stand for the same", examples = "6b015c3e9a1f0f2e4c5d6e7f") String upstreamId,
        URI url, Auth auth, @Schema(description = "The connection whose credential is sent") Long connectionId,
        @Schema(examples = "60") long timeoutSeconds,
        @Schema(description = "Which of its tools may be served; not there where all may") List<String> allowedTools,
        @Schema(description = "serve or withhold", examples = "withhold") String changePolicy,
        @Schema(description = "How it was when it was looked at last: healthy, unreachable, refused (it does not take the credential) or invalid (it is no MCP server)", examples = "healthy") String state,
        @Schema(description = "Why it is not healthy, or what is odd") String stateDetail, Instant stateSince,
        Instant checkedAt,
        @Schema(description = "The generations of MCP that it speaks: legacy, modern or dual", examples = "dual") String era,
        @Schema(type = SchemaType.OBJECT, description = "How it introduces itself") JsonNode serverInfo,
        @Schema(description = "How many of its tools are not as they were approved") long pendingChanges) {

    /** How its credential is shown to it. */
    @Schema(name = "RemoteAuth")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Auth(@Schema(examples = "token") String type,
            @Schema(description = "The header, query parameter or cookie") String name) {
    }

    /** What a create or update request says of it. */
    @Schema(name = "RemoteMcpServerInput", description = "Where the third-party MCP server is, and what is served of it. In an update, what is left out stays.")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Input(
            @Schema(description = "Its MCP endpoint; required for a new one", examples = "https://mcp.example.com/mcp") String url,
            AuthInput auth,
            @Schema(description = "A connection whose credential is sent, in place of auth") Long connectionId,
            @Schema(description = "One that another proxy server of the project stands for already, in place of everything else") String upstreamId,
            @Schema(description = "For its answers to begin, and between their parts", minimum = "1", maximum = "600", defaultValue = "60") Long timeoutSeconds,
            @Schema(type = SchemaType.ARRAY, implementation = String[].class, nullable = true, description = "The only tools that may be served; null for all") JsonNode allowedTools,
            @Schema(enumeration = {
                    "serve",
                    "withhold" }, defaultValue = "withhold", description = "What becomes of tools that it changes or adds: agents get them at once, or when they are approved") String changePolicy){
    }

    /** The credential that it wants: a bearer token, a header of its own, or access tokens that Gatehouse gets. */
    @Schema(name = "RemoteAuthInput", description = "The credential that it wants; it becomes a connection")
    @JsonNaming(SnakeCaseStrategy.class)
    public record AuthInput(
            @Schema(required = true, enumeration = {
                    "none", "token", "header",
                    "oauth_client_credentials" }, examples = "none") String type,
            @Schema(writeOnly = true, description = "For token: the bearer token") String token,
            @Schema(description = "For header: its name") String name,
            @Schema(writeOnly = true, description = "For header: its value") String value,
            @Schema(description = "For oauth_client_credentials", examples = "https://login.example.com/oauth/token") String tokenUrl,
            String clientId, @Schema(writeOnly = true) String clientSecret,
            @Schema(description = "Words with spaces between them") String scope,
            @Schema(description = "What the tokens are for (RFC 8707)") String resource,
            @Schema(description = "The same for token endpoints that ask for an audience") String audience,
            @Schema(enumeration = { "client_secret_basic",
                    "client_secret_post" }, defaultValue = "client_secret_basic") String clientAuthentication){

        boolean hasSecret() {
            return token != null || value != null || clientSecret != null;
        }

        /** Keeps secrets out of logs. */
        @Override
        public String toString() {
            return "AuthInput";
        }
    }
}
