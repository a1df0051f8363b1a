package io.gatehouse.servers;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Problem;
import io.gatehouse.upstreams.ToolWish;
import io.gatehouse.upstreams.UpstreamTools;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The tools of servers that stand for a third-party one: those that are recorded of it. Works in the caller's session. */
@Singleton
class ProxyTools {

    static final String REFUSAL = "proxy_server";
    static final String REASON = "a proxy server offers what its remote MCP server has, and nothing beside";

    private final ServerRows rows;
    private final UpstreamTools tools;

    @Inject
    ProxyTools(ServerRows rows, UpstreamTools tools) {
        this.rows = rows;
        this.tools = tools;
    }

    /** @throws Problem INVALID for a proxy server, on which no tools are put and from which none are taken */
    static void refuse(ServerEntity server) {
        if (server.upstreamId != null) {
            throw Problem.invalid(REFUSAL, "The tools of this server can be stopped, not put or taken: " + REASON);
        }
    }

    /** @throws Problem INVALID where the server is to say what a proxy server does not */
    static ToolWish wish(ServerTools.Wording words) {
        if (words.icons() != null && !words.icons().isEmpty()) {
            throw Problem.invalidField(Servers.ICONS, REFUSAL, Servers.ICONS + ": " + REASON);
        }
        return new ToolWish(words.name() == null ? words.title() : words.name(), words.description(), null);
    }

    Uni<Page<ServerTool>> list(ServerEntity server, Page.Slice slice) {
        return tools.list(server.upstreamId, slice).map(page -> page.map(ServerTool::of));
    }

    /** In the caller's transaction, which holds the server. */
    Uni<ServerTool> change(Caller caller, ServerEntity server, long id, ToolWish wish) {
        return tools.change(server.upstreamId, id, wish)
                .call(changed -> rows.finish(caller, server, ToolDeeds.changed(server, ToolDeeds.fields(changed.before()),
                        ToolDeeds.fields(changed.after()))))
                .map(changed -> ServerTool.of(changed.after()));
    }
}
