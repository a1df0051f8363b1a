package io.gatehouse.servers;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gatehouse.access.tokens.McpToken;
import io.gatehouse.access.tokens.McpTokens;
import io.gatehouse.connections.Credentials;
import io.gatehouse.plan.AccessToken;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.plan.ToolPlan;
import io.gatehouse.plan.ToolPlan.Hints;
import io.gatehouse.prompts.Prompt;
import io.gatehouse.prompts.Prompts;
import io.gatehouse.tools.operation.ApiCollections;
import io.gatehouse.tools.operation.EndpointPlan;
import io.gatehouse.tools.operation.Endpoints;
import io.gatehouse.upstreams.Upstreams;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Compiles definitions into the plan of one server. */
@Singleton
public class ServerPlanner implements PlanSource {

    private final ServerStore servers;
    private final ServerToolStore tools;
    private final McpTokens tokens;
    private final Endpoints endpoints;
    private final Prompts prompts;
    private final Upstreams upstreams;

    @Inject
    ServerPlanner(ServerStore servers, ServerToolStore tools, McpTokens tokens, Endpoints endpoints,
            Prompts prompts, Upstreams upstreams) {
        this.servers = servers;
        this.tools = tools;
        this.tokens = tokens;
        this.endpoints = endpoints;
        this.prompts = prompts;
        this.upstreams = upstreams;
    }

    @Override
    public Uni<Optional<ServerPlan>> find(String handle) {
        return Panache.withSession(() -> servers.byPath(handle).chain(server -> server == null || !server.enabled
                ? Uni.createFrom().item(Optional.empty())
                : tokens(server).chain(good -> server.upstreamId == null ? composed(server, good)
                        : upstreams.plan(server.upstreamId).map(remote -> plan(server, good, remote))).map(Optional::of)));
    }

    private Uni<ServerPlan> composed(ServerEntity server, List<McpToken> good) {
        return tools.of(server.id).chain(links -> endpoints
                .plans(server.workspaceId, links.stream().map(link -> link.endpointId).toList())
                .chain(plans -> prompts.of(server.id).map(said -> plan(server, good, links, plans, said))));
    }

    private static ServerPlan plan(ServerEntity server, List<McpToken> tokens, RemotePlan remote) {
        Set<String> topics = topics(server);
        topics.addAll(Upstreams.topics(remote.upstream()));
        return new ServerPlan(server.workspaceId, server.id, server.handle, server.name, server.description,
                server.version, tokens(tokens), List.of(), List.of(), remote, Set.copyOf(topics));
    }

    private static List<AccessToken> tokens(List<McpToken> tokens) {
        return tokens.stream().map(token -> new AccessToken(token.id(), token.digest(), token.expiresAt())).toList();
    }

    /** None where tokens are not the way in, whatever there is of them. */
    private Uni<List<McpToken>> tokens(ServerEntity server) {
        return server.authenticationMethod == AuthenticationMethod.TOKEN ? tokens.of(server.id)
                : Uni.createFrom().item(List.of());
    }

    private static ServerPlan plan(ServerEntity server, List<McpToken> tokens, List<ServerToolEntity> links,
            List<EndpointPlan> endpoints, List<Prompt> prompts) {
        Map<Long, EndpointPlan> byId = endpoints.stream()
                .collect(Collectors.toMap(EndpointPlan::id, Function.identity()));
        List<ToolPlan> tools = links.stream().filter(link -> link.enabled && byId.containsKey(link.endpointId))
                .map(link -> tool(link, byId.get(link.endpointId)))
                .sorted(Comparator.comparing(ToolPlan::name)).toList();
        return new ServerPlan(server.workspaceId, server.id, server.handle, server.name, server.description,
                server.version, tokens(tokens), tools,
                prompts.stream().map(Prompt::toPlan).sorted(Comparator.comparing(PromptPlan::name)).toList(),
                null, ingredients(server, links, endpoints));
    }

    private static ToolPlan tool(ServerToolEntity link, EndpointPlan endpoint) {
        return new ToolPlan(link.name, endpoint.title(),
                link.description == null ? endpoint.description() : link.description, endpoint.inputSchema(),
                hints(link.annotations(), hints(endpoint.action().operation().method())), endpoint.action());
    }

    /** What the server says of the tool itself counts more than what its method promises. */
    private static Hints hints(ToolAnnotations own, Hints promised) {
        return own == null ? promised
                : new Hints(own.title(), own.readOnlyHint() == null ? promised.readOnly() : own.readOnlyHint(),
                        own.destructiveHint() == null ? promised.destructive() : own.destructiveHint(),
                        own.idempotentHint() == null ? promised.idempotent() : own.idempotentHint(),
                        own.openWorldHint());
    }

    /** What RFC 9110, section 9.2, promises of a method. */
    private static Hints hints(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> new Hints(null, true, false, true, null);
            case "PUT", "DELETE" -> new Hints(null, false, true, true, null);
            case "POST" -> new Hints(null, false, false, false, null);
            default -> new Hints(null, false, true, false, null);
        };
    }

    private static Set<String> ingredients(ServerEntity server, List<ServerToolEntity> links,
            List<EndpointPlan> endpoints) {
        Set<String> topics = topics(server);
        links.forEach(link -> topics.add(Endpoints.topic(link.endpointId)));
        endpoints.forEach(endpoint -> {
            topics.add(ApiCollections.topic(endpoint.collectionId()));
            if (endpoint.action().connectionId() != null) {
                topics.add(Credentials.topic(endpoint.action().connectionId()));
            }
        });
        return Set.copyOf(topics);
    }

    private static Set<String> topics(ServerEntity server) {
        return new HashSet<>(List.of(PlanSource.topic(server.handle),
                PlanSource.topic(server.relativeUri.substring(1))));
    }
}
