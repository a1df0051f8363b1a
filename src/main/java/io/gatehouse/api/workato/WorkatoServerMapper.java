package io.gatehouse.api.workato;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.servers.AuthenticationMethod;
import io.gatehouse.servers.CreatedServer;
import io.gatehouse.servers.NewServer;
import io.gatehouse.servers.Server;
import io.gatehouse.servers.ServerChange;
import io.gatehouse.servers.ServerTool;
import io.gatehouse.servers.ServerTools;
import io.gatehouse.servers.catalogue.Assignment;
import io.gatehouse.servers.catalogue.CatalogueTool;
import io.gatehouse.upstreams.RecordedTool;
import io.gatehouse.upstreams.Registration;

/** Between the servers of the domain and those of this dialect. */
final class WorkatoServerMapper {

    /** The application that owns every imported endpoint. */
    static final String API_PLATFORM = "workato_api_platform";

    /** The application that owns every tool of a third-party server. */
    static final String MCP_PROXY = "mcp_proxy";

    private static final int MOST_AT_ONCE = 5_000;

    private WorkatoServerMapper() {
    }

    static NewServer draft(WorkatoServer.Input input) {
        ServerChange change = change(input);
        return new NewServer(change.name(), change.description(), change.icons(), change.folderId(),
                change.authenticationMethod() == null ? AuthenticationMethod.TOKEN : change.authenticationMethod());
    }

    /** Name and folder stay required in an update. */
    static ServerChange change(WorkatoServer.Input input) {
        WorkatoServer.Input body = WorkatoInput.body(input);
        if (body.name() == null || body.name().isBlank()) {
            throw Problem.invalidField("name", "missing_required_field", "name is required");
        }
        return new ServerChange(body.name(), WorkatoInput.required("folder_id", body.folderId()),
                body.authenticationMethod() == null ? null : wanted(body.authenticationMethod()), body.description(),
                body.icons(), null);
    }

    private static AuthenticationMethod wanted(String word) {
        AuthenticationMethod method = method(word);
        if (method == null) {
            throw Problem.invalidField("authentication_method", "enum",
                    "authentication_method: token, workato_idp or sso");
        }
        return method;
    }

    /** @return null for a word that names no method */
    static AuthenticationMethod method(String word) {
        return switch (word) {
            case "token", "hashed_token" -> AuthenticationMethod.TOKEN;
            case "workato_idp" -> AuthenticationMethod.IDENTITY;
            case "sso" -> AuthenticationMethod.SSO;
            default -> null;
        };
    }

    private static String word(AuthenticationMethod method) {
        return switch (method) {
            case TOKEN -> "token";
            case IDENTITY -> "workato_idp";
            case SSO -> "sso";
        };
    }

    /** @param remotes what proxy servers stand for, by id */
    static WorkatoServer wire(Server server, boolean full, Map<Long, Registration> remotes) {
        return wire(server, URI.create(server.url()), full, remotes);
    }

    /** The token is part of the URL in this answer and in no other (W-21). */
    static WorkatoServer wire(CreatedServer created, boolean full, Map<Long, Registration> remotes) {
        String token = created.token() == null
                ? ""
                : "?token=" + URLEncoder.encode(created.token(), StandardCharsets.UTF_8);
        return wire(created.server(), URI.create(created.server().url() + token), full, remotes);
    }

    private static WorkatoServer wire(Server server, URI url, boolean full, Map<Long, Registration> remotes) {
        Registration remote = server.upstreamId() == null ? null : remotes.get(server.upstreamId());
        return new WorkatoServer(server.handle(), server.name(), server.folderId(), url,
                word(server.authenticationMethod()), server.createdAt(), server.updatedAt(),
                full ? new WorkatoServer.Rest(server.description(), server.projectId(),
                        server.upstreamId() == null ? "composed" : "proxy", server.toolCount(), false, server.enabled(),
                        server.objectId(), server.icons(), remote == null ? null : WorkatoRemoteMapper.wire(remote)) : null);
    }

    static WorkatoServer.Tool wire(ServerTool tool, boolean full) {
        RecordedTool recorded = tool.recorded();
        return new WorkatoServer.Tool(Long.toString(tool.id()), tool.title(), tool.description(),
                application(tool.kind()),
                full ? new WorkatoServer.ToolRest(tool.name(), tool.warning(), tool.originalDescription(), tool.enabled(),
                        tool.active(),
                        tool.icons(), false, recorded == null ? null : recorded.upstreamName(),
                        recorded == null ? null : WorkatoRemoteMapper.word(recorded.status())) : null);
    }

    static ServerTools.Wording wish(WorkatoServer.ToolInput input) {
        return new ServerTools.Wording(input.name(), input.toolName(), input.description(), input.icons());
    }

    static String application(CatalogueTool.Kind kind) {
        return switch (kind) {
            case OPERATION -> API_PLATFORM;
            case UPSTREAM_TOOL -> MCP_PROXY;
        };
    }

    static Assignment assignment(WorkatoServer.ToolsInput input) {
        if (WorkatoInput.body(input).tools() == null) {
            throw Problem.invalidField("tools", "missing_required_field", "tools is required");
        }
        bound("tools", input.tools());
        bound("sources", input.sources());
        List<Assignment.Reference> tools = new ArrayList<>();
        for (WorkatoServer.ToolReference reference : input.tools()) {
            tools.add(reference("tools." + tools.size(), reference));
        }
        List<Assignment.Source> sources = new ArrayList<>();
        for (WorkatoServer.ToolSource source : input.sources() == null ? List.<WorkatoServer.ToolSource> of()
                : input.sources()) {
            sources.add(source("sources." + sources.size(), source));
        }
        return new Assignment(tools, sources, input.prefix() == null ? "" : input.prefix());
    }

    private static void bound(String field, List<?> entries) {
        if (entries != null && entries.size() > MOST_AT_ONCE) {
            throw Problem.invalidField(field, "max", field + ": " + MOST_AT_ONCE + " at once at most");
        }
    }

    /** An id may come as text or as a number (W-41). */
    private static Assignment.Reference reference(String field, WorkatoServer.ToolReference reference) {
        if (reference == null || reference.triggerApplication() == null || isMissing(reference.id())) {
            throw Problem.invalidField(field, "missing_required_field",
                    field + ": trigger_application and id are required");
        }
        boolean isNumber = reference.id().asText().matches("\\d{1,18}")
                && (reference.id().isTextual() || reference.id().isIntegralNumber());
        CatalogueTool.Kind kind = Stream.of(CatalogueTool.Kind.values())
                .filter(one -> application(one).equals(reference.triggerApplication())).findFirst().orElse(null);
        if (!isNumber || kind == null) {
            throw Problem.invalidField(field, "invalid_ref", field + ": no such tool");
        }
        return new Assignment.Reference(kind, Long.parseLong(reference.id().asText()));
    }

    private static Assignment.Source source(String field, WorkatoServer.ToolSource source) {
        if (source == null || (source.apiCollectionId() == null) == (source.upstreamId() == null)) {
            throw Problem.invalidField(field, "invalid_field_value",
                    field + ": either an api_collection_id or an upstream_id");
        }
        return new Assignment.Source(source.apiCollectionId(), source.upstreamId(), source.prefix());
    }

    private static boolean isMissing(JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode();
    }
}
