package io.gatehouse.api.celigo;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.servers.catalogue.Icon;
import io.gatehouse.servers.catalogue.ToolAnnotations;

/** An MCP server in this dialect. */
@Schema(name = "Response", description = "An MCP server")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CeligoServer(@JsonProperty("_id") @Schema(format = "objectId", readOnly = true) String id,
        @JsonProperty("_userId") @Schema(format = "objectId", readOnly = true, description = "The account") String userId,
        @Schema(examples = "Order desk") String name,
        @Schema(description = "The last part of its URL, with a slash before it", examples = "/order-desk") String relativeURI,
        String description, @Schema(description = "Its pictures, as in MCP; only where there are any") List<Icon> icons,
        @Schema(description = "Whether it is off") boolean disabled, List<Tool> tools,
        List<Api> apis, List<Prompt> prompts,
        OAuth oauth,
        @JsonProperty("_connectionId") @Schema(format = "objectId", description = "The connection of type mcp whose server it stands for; only then there") String connectionId,
        @Schema(readOnly = true) Instant createdAt, @Schema(readOnly = true) Instant lastModified,
        @Schema(readOnly = true, description = "Only in the recycle bin, where it stays for 30 days") Instant deletedAt) {

    /** A server as a request wants it. */
    @Schema(name = "Request", description = "An MCP server as it is wanted; an update replaces all of it")
    public record Request(@Schema(required = true, maxLength = 300, examples = "Order desk") String name,
            @Schema(required = true, maxLength = 131_072, pattern = "^\\/[a-zA-Z0-9_\\-]+$", description = "Unique in the account; a url can be given in its place", examples = "/order-desk") String relativeURI,
            @Schema(description = "A URL whose path is to be the relativeURI; without effect beside one") String url,
            @Schema(maxLength = 1_000) String description,
            @Schema(description = "Pictures for people, as in MCP, 8 at most; an empty list for none, absent for those that there are; not for one that stands for another") List<Icon> icons,
            @Schema(defaultValue = "true", description = "Whether it is off; it can only be on when one of its tools or apis is") Boolean disabled,
            List<Tool> tools, List<Api> apis, List<Prompt> prompts,
            @Schema(implementation = OAuthConfig.class) OAuth oauth,
            @JsonProperty("_connectionId") @Schema(format = "objectId", description = "A connection of type mcp whose server it stands for, without tools, apis and prompts of its own; for good") String connectionId) {
    }

    /** A tool of the catalogue on a server. */
    @Schema(name = "IOTool", description = "A tool of the catalogue on this server")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tool(
            @JsonProperty("_toolId") @Schema(required = true, format = "objectId", description = "An id from GET /v1/tools") String toolId,
            @Schema(required = true, maxLength = 256, pattern = "^[A-Za-z0-9_\\-.]+$", description = "The name in MCP, at most 128 characters, unique among tools and apis", examples = "find_order") String name,
            @Schema(defaultValue = "true") Boolean disabled,
            @Schema(implementation = Annotations.class) ToolAnnotations annotations,
            @Schema(description = "This server's own pictures of the tool, as in MCP, 8 at most; an empty list for those of the tool itself, absent for those that there are") List<Icon> icons,
            @Schema(implementation = CeligoOverrides.class) JsonNode overrides) {
    }

    /** Hints of MCP about a tool, in this server's own words. */
    @Schema(name = "Annotations", description = "Hints about a tool; they inform agents, and a call of one that only reads takes no scope but mcp:read")
    public record Annotations(@Schema(maxLength = 300) String title, Boolean destructiveHint, Boolean idempotentHint,
            Boolean openWorldHint, Boolean readOnlyHint) {
    }

    /** An API as a tool on a server. */
    @Schema(name = "ApiTool", description = "An API as a tool on this server")
    public record Api(
            @Schema(required = true, maxLength = 256, pattern = "^[A-Za-z0-9_\\-.]+$", description = "The name in MCP, at most 128 characters, unique among tools and apis") String name,
            @JsonProperty("_apiId") @Schema(required = true, format = "objectId") String apiId,
            @Schema(defaultValue = "true") Boolean disabled) {
    }

    /** A prompt of a server. */
    @Schema(name = "Prompt", description = "A prompt that clients can fill in")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Prompt(
            @Schema(required = true, description = "Unique in the server", examples = "summarize_order") String name,
            String title, String description, List<Argument> arguments, List<MessageTemplate> messagesTemplate) {
    }

    /** What a prompt is filled in with. */
    @Schema(name = "PromptArgument")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Argument(@Schema(required = true, examples = "order_id") String name, String description,
            @Schema(defaultValue = "true") Boolean required,
            @Schema(description = "Values that clients offer to whoever fills the prompt in, who may give any other") List<String> suggestions) {
    }

    /** One message of a prompt. */
    @Schema(name = "PromptMessageTemplate")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MessageTemplate(@Schema(required = true, enumeration = {
            "user", "assistant" }) String role,
            @Schema(defaultValue = "text", enumeration = { "text", "image", "audio", "resource" }) String contentType,
            @Schema(description = "Required for image and audio") String mimeType,
            @Schema(required = true, description = "Names of arguments in double braces stand for their values", examples = "Summarize order {{order_id}}.") String template){
    }

    /** The issuer outside whose access tokens a server takes, as a request wants it. */
    @Schema(name = "OAuthConfig", description = "The issuer whose access tokens open the server")
    public record OAuthConfig(
            @Schema(required = true, format = "uri", examples = "https://login.example.com/realms/main") String issuerURL,
            @Schema(required = true, examples = "order-desk") String audience,
            @Schema(defaultValue = "false", description = "Whether opaque tokens are asked about at the issuer (RFC 7662)") Boolean useIntrospection,
            @Schema(description = "All of which a token must carry") List<Scope> scopes,
            @Schema(type = SchemaType.STRING, nullable = true) String clientId,
            @Schema(type = SchemaType.STRING, nullable = true, description = "****** keeps the one that is stored") String clientSecret) {
    }

    /** The same as it is shown: without an issuer where none is trusted. */
    @Schema(name = "OAuthState", description = "The issuer whose access tokens open the server; only useIntrospection, false, where nobody's do")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OAuth(@Schema(format = "uri") String issuerURL, String audience, boolean useIntrospection,
            List<Scope> scopes, String clientId,
            @Schema(description = "Never shown, only that there is one: ******") String clientSecret) {
    }

    /** What a token may be asked to carry. */
    public enum Scope {
        @JsonProperty("mcp:read")
        READ,
        @JsonProperty("mcp:write")
        WRITE
    }
}
