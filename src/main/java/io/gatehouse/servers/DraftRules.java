package io.gatehouse.servers;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Text;
import io.gatehouse.prompts.Prompts;
import io.gatehouse.servers.catalogue.Catalogue;
import io.gatehouse.servers.catalogue.CatalogueTool;
import io.gatehouse.servers.catalogue.Icon;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The rules of a whole server, told all at once, in the words of the request that it came in. */
@Singleton
class DraftRules {

    private static final Pattern URI = Pattern.compile("/[a-zA-Z0-9_-]+");
    private static final int LONGEST_URI = 131_072;
    private static final Pattern TOOL_NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int LONGEST_TOOL_NAME = 128;
    private static final int LONGEST_TITLE = 300;
    private static final int MOST_TOOLS = 5_000;

    private final ServerStore store;
    private final ServerToolStore tools;
    private final Catalogue catalogue;
    private final Prompts prompts;

    @Inject
    DraftRules(ServerStore store, ServerToolStore tools, Catalogue catalogue, Prompts prompts) {
        this.store = store;
        this.tools = tools;
        this.catalogue = catalogue;
        this.prompts = prompts;
    }

    /**
     * Fails with INVALID when there is any fault.
     *
     * @param row the server as it is; without an id for a new one
     * @return the catalogue entries of the tools, by object id
     */
    Uni<Map<String, CatalogueTool>> check(Caller caller, ServerEntity row, ServerDraft draft, Faults faults) {
        if (draft.tools().size() + draft.apis().size() > MOST_TOOLS) {
            faults.add("tools", "max", "tools: a server has " + MOST_TOOLS + " at most");
            faults.raise();
        }
        faults.gather(() -> Text.required("name", draft.name(), Servers.LONGEST_NAME));
        faults.gather(() -> Text.bounded("description", draft.description(), Servers.LONGEST_DESCRIPTION));
        if (draft.icons() != null) {
            faults.gather(() -> Icon.write(Servers.ICONS, draft.icons()));
        }
        checkUri(draft.relativeUri(), faults);
        if (row.upstreamId != null) {
            checkProxy(draft, faults);
        }
        checkNames(draft, faults);
        prompts.check(draft.prompts(), faults);
        OAuthConfig.check(draft.oauth(), row.sealedClientSecret != null, faults);
        boolean hasEnabled = draft.tools().stream().anyMatch(ServerDraft.Tool::enabled)
                || draft.apis().stream().anyMatch(ServerDraft.Api::enabled);
        checkSwitch(draft.enabled(), hasEnabled || row.upstreamId != null, faults);
        return checkUnique(row, draft.relativeUri(), faults)
                .chain(() -> present(row))
                .chain(present -> references(caller, present, draft).invoke(named -> {
                    checkReferences(draft, named, present, faults);
                    faults.raise();
                }));
    }

    private static void checkProxy(ServerDraft draft, Faults faults) {
        Map.of("tools", draft.tools(), "apis", draft.apis(), "prompts", draft.prompts(), Servers.ICONS,
                draft.icons() == null ? List.of() : draft.icons()).forEach((field, entries) -> {
                    if (!entries.isEmpty()) {
                        faults.add(field, ProxyTools.REFUSAL, field + ": " + ProxyTools.REASON);
                    }
                });
    }

    private Uni<Set<Long>> present(ServerEntity row) {
        return row.id == null ? Uni.createFrom().item(Set.of())
                : tools.of(row.id).map(links -> links.stream().map(ServerToolEntity::toolId).collect(Collectors.toSet()));
    }

    /** What the server has already may stay, even where the caller does not see it. */
    private Uni<Map<String, CatalogueTool>> references(Caller caller, Set<Long> present, ServerDraft draft) {
        List<String> ids = draft.tools().stream().map(ServerDraft.Tool::objectId).filter(Objects::nonNull).distinct().toList();
        return catalogue.named(caller.workspaceId(), ids).map(named -> named.values().stream()
                .filter(tool -> caller.sees(tool.projectId()) || present.contains(tool.id()))
                .collect(Collectors.toMap(CatalogueTool::objectId, tool -> tool)));
    }

    void checkPatch(ServerChange change, boolean hasEnabled, Faults faults) {
        if (change.name() != null) {
            faults.gather(() -> Text.required("name", change.name(), Servers.LONGEST_NAME));
        }
        checkSwitch(Boolean.TRUE.equals(change.enabled()), hasEnabled, faults);
    }

    private static void checkSwitch(boolean enabled, boolean hasEnabled, Faults faults) {
        if (enabled && !hasEnabled) {
            faults.add("disabled", "mcp_server_no_enabled_tools",
                    "disabled: a server can only be on when at least one of its tools or apis is");
        }
    }

    private static void checkUri(String uri, Faults faults) {
        if (uri == null) {
            faults.add("relativeURI", "missing_required_field", "relativeURI is required");
        } else if (uri.length() > LONGEST_URI) {
            faults.add("relativeURI", "maxlength", "relativeURI may have " + LONGEST_URI + " characters at most");
        } else if (!URI.matcher(uri).matches()) {
            faults.add("relativeURI", "regexp",
                    "relativeURI: a slash and one segment of letters, digits, underscores and hyphens");
        }
    }

    private Uni<Void> checkUnique(ServerEntity row, String uri, Faults faults) {
        return faults.concern("relativeURI") ? Uni.createFrom().voidItem()
                : store.holdUri(row.workspaceId, uri).chain(() -> store.isTaken(row.workspaceId, uri, row.id))
                        .invoke(taken -> {
                            if (taken) {
                                faults.add("relativeURI", "mcp_server_duplicate_relative_uri",
                                        "relativeURI: another server goes by " + shortened(uri));
                            }
                        }).replaceWithVoid();
    }

    static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private static void checkNames(ServerDraft draft, Faults faults) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < draft.tools().size(); i++) {
            ServerDraft.Tool tool = draft.tools().get(i);
            checkName("tools." + i + ".name", tool.name(), names, faults);
            if (tool.annotations() != null) {
                String title = "tools." + i + ".annotations.title";
                faults.gather(() -> Text.bounded(title, tool.annotations().title(), LONGEST_TITLE));
            }
            if (tool.icons() != null) {
                String icons = "tools." + i + ".icons";
                faults.gather(() -> Icon.write(icons, tool.icons()));
            }
        }
        for (int i = 0; i < draft.apis().size(); i++) {
            checkName("apis." + i + ".name", draft.apis().get(i).name(), names, faults);
        }
    }

    private static void checkName(String field, String name, Set<String> names, Faults faults) {
        if (name == null || name.isEmpty()) {
            faults.add(field, "missing_required_field", field + " is required");
        } else if (name.length() > LONGEST_TOOL_NAME) {
            faults.add(field, "maxlength", field + " may have " + LONGEST_TOOL_NAME + " characters at most");
        } else if (!TOOL_NAME.matcher(name).matches()) {
            faults.add(field, "regexp", field + ": letters, digits, underscores, hyphens and dots only");
        } else if (!names.add(name)) {
            faults.add(field, "mcp_server_duplicate_tool_name", field + ": an earlier tool of the server has this name");
        }
    }

    private static void checkReferences(ServerDraft draft, Map<String, CatalogueTool> named, Set<Long> present,
            Faults faults) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < draft.tools().size(); i++) {
            String id = draft.tools().get(i).objectId();
            String field = "tools." + i + "._toolId";
            if (id == null) {
                faults.add(field, "missing_required_field", field + " is required");
            } else if (!named.containsKey(id)) {
                faults.add(field, "invalid_ref", field + ": no such tool");
            } else if (named.get(id).refusal() != null) {
                faults.add(field, "mcp_server_invalid_tool_input_schema",
                        field + ": it has no input schema that is an object: " + named.get(id).refusal());
            } else if (named.get(id).obstacle() != null && !present.contains(named.get(id).id())) {
                faults.add(field, "mcp_server_tool_not_available", field + ": " + named.get(id).obstacle());
            } else if (!seen.add(id)) {
                faults.add(field, "mcp_server_duplicate_tool_id", field + ": the server has this tool already");
            }
        }
        List<ServerDraft.Api> apis = draft.apis();
        for (int i = 0; i < apis.size(); i++) {
            String field = "apis." + i + "._apiId";
            if (apis.get(i).objectId() == null) {
                faults.add(field, "missing_required_field", field + " is required");
            } else {
                // APIs that are one tool each can't be defined yet, so there is none.
                faults.add(field, "invalid_ref", field + ": no such API");
            }
        }
    }
}
