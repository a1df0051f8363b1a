package io.gatehouse.gateway.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gatehouse.gateway.call.Tool;
import io.gatehouse.plan.AccessToken;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.plan.ToolPlan;

/** A server's plan with what is made of it once: lookups by token and by tool name, and answers ready to be sent. */
public final class Published {

    private final ServerPlan plan;
    private final Map<String, AccessToken> tokens = new HashMap<>();
    private final Map<String, Tool> tools = new HashMap<>();
    private final ServerCard card;
    private final ToolPages legacyTools;
    private final ToolPages modernTools;

    public Published(ServerPlan plan) {
        this.plan = plan;
        plan.tokens().forEach(token -> tokens.put(token.digest(), token));
        plan.tools().forEach(tool -> tools.put(tool.name(), new Tool(tool)));
        this.card = new ServerCard(plan);
        List<String> names = plan.tools().stream().map(ToolPlan::name).toList();
        List<String> rendered = plan.tools().stream().map(ToolPages::render).toList();
        this.legacyTools = new ToolPages(names, rendered, "");
        this.modernTools = new ToolPages(names, rendered, card.modernFields());
    }

    /** About how many bytes it takes. */
    public int size() {
        return legacyTools.size() + modernTools.size();
    }

    public ServerPlan plan() {
        return plan;
    }

    /** @return null when the server has no such token */
    public AccessToken token(String digest) {
        return tokens.get(digest);
    }

    /** @return null when the server has no such tool */
    Tool tool(String name) {
        return tools.get(name);
    }

    ServerCard card() {
        return card;
    }

    ToolPages legacyTools() {
        return legacyTools;
    }

    ToolPages modernTools() {
        return modernTools;
    }
}
