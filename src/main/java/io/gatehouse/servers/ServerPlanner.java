package io.gatehouse.servers;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.access.tokens.McpTokens;
import io.gatehouse.journal.keeping.Recording;
import io.gatehouse.journal.keeping.Recordings;
import io.gatehouse.plan.AccessToken;
import io.gatehouse.plan.Entrance;
import io.gatehouse.plan.Limits;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.Recorded;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.plan.ToolPlan;
import io.gatehouse.platform.Workers;
import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.policies.Policies;
import io.gatehouse.prompts.Prompt;
import io.gatehouse.prompts.Prompts;
import io.gatehouse.servers.catalogue.Catalogue;
import io.gatehouse.servers.catalogue.Offer;
import io.gatehouse.upstreams.Upstreams;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Compiles definitions into the plan of one server. */
@Singleton
public class ServerPlanner implements PlanSource {

    private static final TypeReference<ObjectNode> OBJECT = new TypeReference<>() {
    };

    private final ServerStore servers;
    private final ServerToolStore tools;
    private final McpTokens tokens;
    private final Catalogue catalogue;
    private final Prompts prompts;
    private final Upstreams upstreams;
    private final OAuthConfig oauth;
    private final Policies policies;
    private final Recordings recordings;
    private final Vertx vertx;

    @Inject
    ServerPlanner(ServerStore servers, ServerToolStore tools, McpTokens tokens, Catalogue catalogue,
            Prompts prompts, Upstreams upstreams, OAuthConfig oauth, Policies policies, Recordings recordings, Vertx vertx) {
        this.oauth = oauth;
        this.policies = policies;
        this.recordings = recordings;
        this.servers = servers;
        this.tools = tools;
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.prompts = prompts;
        this.upstreams = upstreams;
        this.vertx = vertx;
    }

    @Override
    public Uni<Optional<ServerPlan>> find(String handle) {
        return Panache.withSession(() -> servers.byPath(handle).chain(server -> server == null || !server.enabled
                ? Uni.createFrom().<Supplier<ServerPlan>> nullItem()
                : gate(server).chain(gate -> server.upstreamId == null ? composed(server, gate)
                        : upstreams.plan(server.upstreamId).map(remote -> () -> plan(server, gate, remote)))))
                .chain(plan -> plan == null ? Uni.createFrom().item(Optional.empty())
                        : Workers.run(vertx, () -> Optional.of(plan.get())));
    }

    /** The tools of many upstreams are compiled where they hold nobody up. */
    private Uni<Supplier<ServerPlan>> composed(ServerEntity server, Gate gate) {
        return tools.of(server.id).chain(links -> catalogue.offers(server.workspaceId, ServerToolEntity.ids(links))
                .chain(offers -> prompts.of(server.id).map(said -> () -> plan(server, gate, links, offers, said))));
    }

    private static ServerPlan plan(ServerEntity server, Gate gate, RemotePlan remote) {
        Set<String> topics = topics(server);
        topics.addAll(Upstreams.topics(remote.upstream()));
        return new ServerPlan(server.workspaceId, server.id, server.handle, server.name, server.description,
                server.icons, server.version, gate.entrance(), gate.limits(), gate.recorded(), List.of(), List.of(), remote,
                Set.copyOf(topics));
    }

    /** What stands before every server, whatever is behind. */
    private record Gate(Entrance entrance, Limits limits, Recorded recorded) {
    }

    private Uni<Gate> gate(ServerEntity server) {
        return entrance(server).chain(entrance -> policies.of(server.id).chain(policy -> recordings.of(server.id)
                .map(recording -> new Gate(entrance, policy.toPlan(), recorded(recording)))));
    }

    private static Recorded recorded(Recording recording) {
        return new Recorded(recording.inputs(), recording.outputs(), recording.maskedFields());
    }

    /** Tokens open a server beside an issuer outside, and not beside our own identity, whatever there is of them. */
    private Uni<Entrance> entrance(ServerEntity server) {
        Entrance.Issuer issuer = oauth.issuer(server);
        if (issuer == null && server.authenticationMethod != AuthenticationMethod.TOKEN) {
            return servers.groups(server.id).map(groups -> new Entrance(List.of(), Set.copyOf(groups), null));
        }
        return tokens.of(server.id).map(good -> new Entrance(good.stream()
                .map(token -> new AccessToken(token.id(), token.digest(), token.expiresAt())).toList(), null, issuer));
    }

    private static ServerPlan plan(ServerEntity server, Gate gate, List<ServerToolEntity> links,
            List<Offer> offers, List<Prompt> prompts) {
        Map<Long, Offer> byId = offers.stream().collect(Collectors.toMap(Offer::id, Function.identity()));
        List<ToolPlan> tools = links.stream().filter(link -> link.enabled && byId.containsKey(link.toolId()))
                .map(link -> byId.get(link.toolId()).toPlan(words(link))).filter(Objects::nonNull)
                .sorted(Comparator.comparing(ToolPlan::name)).toList();
        Set<String> topics = topics(server);
        offers.forEach(offer -> topics.addAll(offer.topics()));
        return new ServerPlan(server.workspaceId, server.id, server.handle, server.name, server.description,
                server.icons, server.version, gate.entrance(), gate.limits(), gate.recorded(), tools,
                prompts.stream().map(Prompt::toPlan).sorted(Comparator.comparing(PromptPlan::name)).toList(),
                null, Set.copyOf(topics));
    }

    private static Offer.Words words(ServerToolEntity link) {
        return new Offer.Words(link.name, link.description, link.icons,
                link.annotations == null ? JsonNodeFactory.instance.objectNode()
                        : StoredJson.read(link.annotations, OBJECT));
    }

    private static Set<String> topics(ServerEntity server) {
        return new HashSet<>(List.of(PlanSource.topic(server.handle),
                PlanSource.topic(server.relativeUri.substring(1))));
    }
}
