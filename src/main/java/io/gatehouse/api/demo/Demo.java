package io.gatehouse.api.demo;

import java.net.URI;
import java.util.List;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.gatehouse.access.Projects;
import io.gatehouse.access.Workspaces;
import io.gatehouse.access.clients.Authenticator;
import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Origin;
import io.gatehouse.kernel.Page;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.servers.AuthenticationMethod;
import io.gatehouse.servers.CreatedServer;
import io.gatehouse.servers.NewServer;
import io.gatehouse.servers.ServerKey;
import io.gatehouse.servers.ServerTools;
import io.gatehouse.servers.Servers;
import io.gatehouse.servers.catalogue.Assignment;
import io.gatehouse.tools.operation.ApiCollections;
import io.gatehouse.tools.operation.ConnectionWish;
import io.gatehouse.tools.operation.Endpoint;
import io.gatehouse.tools.operation.ImportReport;
import io.gatehouse.tools.operation.NewApiCollection;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Publishes Gatehouse's own OpenAPI document through the very doors that everybody uses. Made once, in one transaction,
 * when the deployment has no management client yet.
 */
@Singleton
class Demo {

    private static final Logger LOG = Logger.getLogger(Demo.class);
    private static final String NAME = "Gatehouse";

    @Inject
    Workspaces workspaces;
    @Inject
    Authenticator authenticator;
    @Inject
    Projects projects;
    @Inject
    ApiCollections collections;
    @Inject
    Servers servers;
    @Inject
    ServerTools tools;
    @Inject
    Outbound outbound;
    @ConfigProperty(name = "gatehouse.demo", defaultValue = "false")
    boolean wanted;
    @ConfigProperty(name = "gatehouse.public-url")
    String publicUrl;

    void publish(@ObservesAsync HttpServerStart started) {
        if (!wanted) {
            return;
        }
        String here = "http://localhost:" + started.options().getPort();
        try {
            Welcome welcome = VertxContextSupport.subscribeAndAwait(() -> workspaces.hasClients()
                    .chain(has -> has ? Uni.createFrom().nullItem() : document(here).chain(this::publish)));
            System.out.println(welcome == null ? Welcome.back(publicUrl) : welcome.text());
        } catch (Throwable e) {
            LOG.error("The demo could not be made", e);
        }
    }

    private Uni<String> document(String here) {
        return outbound.send(new OutboundRequest("GET", URI.create(here + "/openapi?format=json"), List.of(), List.of(),
                null)).map(answer -> answer.body().toString());
    }

    private Uni<Welcome> publish(String document) {
        return Panache.withTransaction(() -> workspaces.createAdministrator()
                .chain(token -> authenticator.authenticate(token, Origin.SYSTEM)
                        .chain(administrator -> publish(administrator, token, document))
                        .map(server -> new Welcome(publicUrl, token, server.server().url(), server.token()))));
    }

    private Uni<CreatedServer> publish(Caller administrator, String token, String document) {
        return projects.list(administrator, new Page.Slice(0, 1)).map(page -> page.items().get(0))
                .chain(project -> collections
                        .importDocument(administrator,
                                new NewApiCollection(NAME, project.id(), document, "json", null))
                        .call(report -> collections.connect(administrator, report.collection().id(), new ConnectionWish(
                                NAME, Kind.BEARER, null, null, token, publicUrl)))
                        .chain(report -> servers.create(administrator, new NewServer(NAME,
                                "Manages this Gatehouse: its MCP servers, the APIs behind them, and their connections.",
                                null, project.folderId(), AuthenticationMethod.TOKEN))
                                .call(server -> tools.assign(administrator, ServerKey.handle(server.server().handle()),
                                        Assignment.ofOperations(ids(report))))));
    }

    private static List<Long> ids(ImportReport report) {
        return report.endpoints().stream().filter(endpoint -> endpoint.refusal() == null).map(Endpoint::id).toList();
    }
}
