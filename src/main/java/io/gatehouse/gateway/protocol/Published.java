package io.gatehouse.gateway.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.gatehouse.access.issuers.TrustedIssuer;
import io.gatehouse.gateway.Known;
import io.gatehouse.gateway.call.Prompt;
import io.gatehouse.gateway.call.RemoteTools;
import io.gatehouse.gateway.call.Tool;
import io.gatehouse.gateway.limits.ServerLimits;
import io.gatehouse.journal.keeping.Recording;
import io.gatehouse.plan.AccessToken;
import io.gatehouse.plan.Entrance;
import io.gatehouse.plan.PromptPlan;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.plan.ToolPlan;
import io.gatehouse.platform.AddressRules;

/**
 * A server's plan with what is made of it once: lookups by token and by the names of tools and prompts, and
 * answers ready to be sent.
 */
public final class Published {

    private final ServerPlan plan;
    private final Map<String, AccessToken> tokens = new HashMap<>();
    private final TrustedIssuer issuer;
    private final Map<String, Tool> tools = new HashMap<>();
    private final Map<String, Prompt> prompts = new HashMap<>();
    private final RemoteTools remoteTools;
    private final AddressRules addresses;
    private final ServerLimits limits;
    private final ServerCard card;
    private final ToolPages legacyTools;
    private final ToolPages modernTools;
    private final Pages legacyPrompts;
    private final Pages modernPrompts;
    private final Lists lists;
    private final Recording recording;

    public Published(ServerPlan plan) {
        this.plan = plan;
        this.recording = new Recording(plan.recorded().inputs(), plan.recorded().outputs(), plan.recorded().maskedFields())
                .compiled();
        plan.entrance().tokens().forEach(token -> tokens.put(token.digest(), token));
        this.issuer = plan.entrance().issuer() == null ? null : trusted(plan.entrance().issuer());
        plan.tools().forEach(tool -> tools.put(tool.name(), new Tool(tool)));
        plan.prompts().forEach(prompt -> prompts.put(prompt.name(), new Prompt(prompt)));
        this.remoteTools = plan.remote() == null ? null : new RemoteTools(plan.remote());
        this.addresses = AddressRules.of(plan.limits().allowed(), plan.limits().denied());
        this.limits = ServerLimits.of(plan);
        this.card = new ServerCard(plan);
        List<String> names = plan.tools().stream().map(ToolPlan::name).toList();
        List<String> rendered = plan.tools().stream().map(ListEntry::modern).toList();
        List<String> legacy = plan.tools().stream().map(ListEntry::legacy).toList();
        this.legacyTools = new ToolPages(new Pages("tools", names, legacy.equals(rendered) ? rendered : legacy, ""),
                this::isReadOnly);
        this.modernTools = new ToolPages(new Pages("tools", names, rendered, card.listFields()), this::isReadOnly);
        List<String> promptNames = plan.prompts().stream().map(PromptPlan::name).toList();
        List<String> renderedPrompts = plan.prompts().stream().map(ListEntry::of).toList();
        this.legacyPrompts = new Pages("prompts", promptNames, renderedPrompts, "");
        this.modernPrompts = new Pages("prompts", promptNames, renderedPrompts, card.listFields());
        this.lists = new Lists(Lists.digest(plan.remote() == null ? rendered : plan.remote().decided()),
                Lists.digest(renderedPrompts));
    }

    private static TrustedIssuer trusted(Entrance.Issuer issuer) {
        return new TrustedIssuer(issuer.url(), issuer.audience(), issuer.scopes(), issuer.clientId() == null ? null
                : new TrustedIssuer.Introspection(issuer.clientId(), issuer.clientSecret()));
    }

    /** How much of its calls the activity log tells. */
    public Recording recording() {
        return recording;
    }

    /** About how many bytes it takes. */
    public int size() {
        return legacyTools.size() + modernTools.size() + legacyPrompts.size() + modernPrompts.size()
                + prompts.values().stream().mapToInt(Prompt::size).sum();
    }

    public ServerPlan plan() {
        return plan;
    }

    /** One object for as long as this one is in use, which it does not hold on to. */
    public Lists lists() {
        return lists;
    }

    /** Whose tokens open the server; null for nobody outside. */
    public TrustedIssuer issuer() {
        return issuer;
    }

    /** @return null when the server has no such token */
    public AccessToken token(String digest) {
        return tokens.get(digest);
    }

    /** @return null when the server has no such tool */
    Tool tool(String name) {
        return tools.get(name);
    }

    /** Whether the tool is known to change nothing; of another server's tools nothing is known. */
    public boolean isReadOnly(String name) {
        Tool tool = tools.get(name);
        return tool != null && tool.plan().readOnly();
    }

    /** Whether a tool of this name may be called. */
    public boolean serves(String name) {
        return remoteTools == null ? tools.containsKey(name) : remoteTools.serves(name);
    }

    /** @return null when the server has no such prompt */
    Prompt prompt(String name) {
        return prompts.get(name);
    }

    /** @return null when the server stands for no other */
    public RemoteTools remoteTools() {
        return remoteTools;
    }

    /** @return null where requests may come from everywhere */
    public AddressRules addresses() {
        return addresses;
    }

    /** @return null where calls are not limited */
    public ServerLimits limits() {
        return limits;
    }

    ServerCard card() {
        return card;
    }

    Pages legacyTools(Known caller) {
        return legacyTools.of(caller);
    }

    Pages modernTools(Known caller) {
        return modernTools.of(caller);
    }

    Pages legacyPrompts() {
        return legacyPrompts;
    }

    Pages modernPrompts() {
        return modernPrompts;
    }
}
