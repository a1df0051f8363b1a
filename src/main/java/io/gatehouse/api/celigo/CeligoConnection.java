package io.gatehouse.api.celigo;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A connection of type mcp in this dialect: a third-party MCP server. Its secrets are never shown. */
@Schema(name = "McpConnection", description = "A connection to a third-party MCP server")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CeligoConnection(@JsonProperty("_id") @Schema(format = "objectId", readOnly = true) String id,
        @Schema(examples = "Wiki") String name, @Schema(examples = "mcp") String type,
        @Schema(readOnly = true, description = "Whether it did not answer as it should when it was looked at last") boolean offline,
        Mcp mcp, @Schema(readOnly = true) Instant createdAt, @Schema(readOnly = true) Instant lastModified) {

    /** Where the server is, and how it is. */
    @Schema(name = "McpConnectionMcp")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mcp(@Schema(examples = "http") String protocol, @Schema(format = "uri") String serverURL,
            @Schema(description = "Milliseconds") long timeout,
            @Schema(description = "The only tools that are served; all where there are none") List<String> allowedTools,
            Http http, @Schema(description = "serve or withhold") String changePolicy,
            @Schema(description = "healthy, unreachable, refused (it does not take the credential) or invalid (it is no MCP server)") String state,
            @Schema(description = "Why it is not healthy, or what is odd") String stateDetail,
            @Schema(description = "How many of its tools are not as they were approved") long pendingChanges) {
    }

    /** What is sent along. */
    @Schema(name = "McpConnectionHttp")
    public record Http(Auth auth) {
    }

    /** How Gatehouse shows who it is. */
    @Schema(name = "McpConnectionAuth")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Auth(
            @Schema(required = true, enumeration = {
                    "none", "token", "oauth", "custom" }, examples = "none") String type,
            Token token, OAuth oauth){
    }

    /** A token that does not change by itself. */
    @Schema(name = "McpConnectionToken")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Token(
            @Schema(description = "Shown as ******, which leaves it as it is in a replacement") String token,
            @Schema(enumeration = {
                    "header", "url" }, defaultValue = "header") String location,
            @Schema(defaultValue = "Authorization") String headerName,
            @Schema(description = "Bearer in the header Authorization, nothing elsewhere", examples = "Bearer") String scheme,
            @Schema(description = "The query parameter, for the location url") String paramName){
    }

    /** Where access tokens are got with client credentials. */
    @Schema(name = "McpConnectionOAuth")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OAuth(
            @Schema(required = true, enumeration = "clientcredentials", examples = "clientcredentials") String grantType,
            @Schema(required = true, format = "uri", examples = "https://login.example.com/oauth/token") String tokenURI,
            List<String> scope, @Schema(required = true) String clientId,
            @Schema(description = "Shown as ******, which leaves it as it is in a replacement") String clientSecret,
            @Schema(enumeration = {
                    "basicauthheader",
                    "body" }, defaultValue = "basicauthheader") String clientCredentialsLocation,
            @Schema(description = "What the tokens are for (RFC 8707)") String resource,
            @Schema(description = "The same for token endpoints that ask for an audience") String audience){
    }

    /** A connection as a request wants it. */
    @Schema(name = "McpConnectionRequest", description = "A connection as it is wanted; an update replaces all of it, but for secrets that are masked or left out")
    public record Request(@Schema(required = true, maxLength = 300, examples = "Wiki") String name,
            @Schema(required = true, enumeration = "mcp", examples = "mcp") String type,
            @Schema(required = true) McpRequest mcp) {
    }

    /** What a request says of the server. */
    @Schema(name = "McpConnectionMcpRequest")
    public record McpRequest(
            @Schema(required = true, format = "uri", description = "Its MCP endpoint, which must answer", examples = "https://mcp.example.com/mcp") String serverURL,
            @Schema(type = SchemaType.INTEGER, minimum = "1000", maximum = "600000", defaultValue = "600000", description = "Milliseconds for its answers to begin, and between their parts") Long timeout,
            @Schema(description = "The only tools that may be served; all where there are none") List<String> allowedTools,
            @Schema(description = "No credential where it is left out") HttpRequest http,
            @Schema(enumeration = {
                    "serve",
                    "withhold" }, description = "What becomes of tools that it changes or adds: agents get them at once, or when they are approved (by default)") String changePolicy){
    }

    /** What is to be sent along. */
    @Schema(name = "McpConnectionHttpRequest")
    public record HttpRequest(Auth auth,
            @Schema(description = "For auth of type custom: one header, which is shown as a token from then on") List<Header> headers) {
    }

    /** A header whose value is a secret. */
    @Schema(name = "McpConnectionHeader")
    public record Header(@Schema(required = true) String name, @Schema(required = true, writeOnly = true) String value) {
    }

    /** What came of a ping: that the connection works, or why not. */
    @Schema(name = "McpConnectionPing")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ping(@Schema(description = "200 where it works") Integer code, String message, List<Fault> errors) {
    }

    /** What is wrong with the other side. */
    @Schema(name = "McpConnectionFault")
    public record Fault(String code, String message, @Schema(examples = "connector") String source) {
    }
}
