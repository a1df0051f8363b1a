package io.gatehouse.gateway;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.access.oauth.Issuer;
import io.gatehouse.access.oauth.Scopes;
import io.gatehouse.gateway.protocol.Published;
import io.gatehouse.gateway.protocol.PublishedServers;
import io.gatehouse.plan.Entrance;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.platform.PublicUrl;
import io.gatehouse.platform.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Tells clients which authorization server lets them in to an MCP server (RFC 9728): at the place that follows from the
 * server's URL, and for servers alone to which one leads.
 */
@Singleton
class ResourceMetadataRoute {

    private static final String PLACE = "/.well-known/oauth-protected-resource/mcp/";

    private final PublishedServers servers;
    private final Role role;
    private final Issuer issuer;
    private final String prefix;

    @Inject
    ResourceMetadataRoute(PublishedServers servers, Role role, Issuer issuer,
            PublicUrl publicUrl) {
        this.servers = servers;
        this.role = role;
        this.issuer = issuer;
        this.prefix = publicUrl.below("/mcp/");
    }

    void register(@Observes Router router) {
        if (role.servesGateway()) {
            router.route(HttpMethod.GET, PLACE + "*").handler(context -> {
                context.request().resume();
                String path = context.normalizedPath();
                answer(context, path.startsWith(PLACE) ? path.substring(PLACE.length()) : "");
            });
        }
    }

    private void answer(RoutingContext context, String name) {
        if (!PlanSource.isHandle(name)) {
            context.fail(404);
            return;
        }
        servers.find(name).subscribe().with(found -> {
            Published server = found.server().orElse(null);
            if (server == null || !server.plan().entrance().isByOAuth()) {
                context.fail(404);
            } else {
                context.response().putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-cache")
                        .end(document(server, name).toString());
            }
        }, failure -> context.fail(503));
    }

    private ObjectNode document(Published server, String name) {
        Entrance.Issuer outside = server.plan().entrance().issuer();
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("resource", prefix + name);
        document.putArray("authorization_servers").add(outside == null ? issuer.url() : outside.url());
        List<String> scopes = outside == null || outside.scopes().isEmpty() ? Scopes.ALL : outside.scopes();
        scopes.forEach(document.putArray("scopes_supported")::add);
        document.putArray("bearer_methods_supported").add("header");
        return document.put("resource_name", server.plan().name());
    }
}
