package io.gatehouse.api.celigo;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.prompts.Prompt;
import io.gatehouse.servers.ExternalOAuth;
import io.gatehouse.servers.Server;
import io.gatehouse.servers.ServerDefinition;

/** From the servers of the domain to those of this dialect. */
final class CeligoServerMapper {

    /** What stands for a secret. */
    static final String MASK = "******";
    private static final TypeReference<JsonNode> JSON = new TypeReference<>() {
    };

    private CeligoServerMapper() {
    }

    static CeligoServer wire(ServerDefinition definition) {
        Server server = definition.server();
        return new CeligoServer(server.objectId(), definition.ownerId(), server.name(), server.relativeUri(),
                server.description(), server.icons(), !server.enabled(),
                definition.tools().stream().map(CeligoServerMapper::wire).toList(), List.of(),
                definition.prompts().stream().map(CeligoServerMapper::wire).toList(), wire(server.oauth()),
                definition.upstreamId(),
                server.createdAt(), server.updatedAt(), server.deletedAt());
    }

    private static CeligoServer.Tool wire(ServerDefinition.Tool tool) {
        return new CeligoServer.Tool(tool.objectId(), tool.name(), !tool.enabled(), tool.annotations(),
                tool.icons(),
                tool.overrides() == null ? null : StoredJson.read(tool.overrides(), JSON));
    }

    private static CeligoServer.Prompt wire(Prompt prompt) {
        return new CeligoServer.Prompt(prompt.name(), prompt.title(), prompt.description(),
                prompt.arguments().stream().map(CeligoServerMapper::wire).toList(),
                prompt.messages().stream().map(message -> new CeligoServer.MessageTemplate(word(message.role()),
                        word(message.contentType()), message.mimeType(), message.template())).toList());
    }

    private static CeligoServer.Argument wire(Prompt.Argument argument) {
        return new CeligoServer.Argument(argument.name(), argument.description(), argument.required(),
                argument.suggestions().isEmpty() ? null : argument.suggestions());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static CeligoServer.OAuth wire(ExternalOAuth oauth) {
        return oauth == null
                ? new CeligoServer.OAuth(null, null, false, null, null, null)
                : new CeligoServer.OAuth(oauth.issuerUrl(), oauth.audience(), oauth.useIntrospection(),
                        oauth.scopes().stream().map(CeligoServerMapper::scope).toList(), oauth.clientId(),
                        oauth.hasSecret() ? MASK : null);
    }

    private static CeligoServer.Scope scope(String word) {
        return word.equals("mcp:read") ? CeligoServer.Scope.READ : CeligoServer.Scope.WRITE;
    }
}
