package io.gatehouse.connections;

import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.gatehouse.access.Projects;
import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.journal.audit.Secret;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.outbound.OutboundRequest;
import io.gatehouse.platform.secrets.Vault;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to connections. */
@Singleton
public class Connections {

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_SECRET = 16_384;

    private static final int LONGEST_PARAMETER = 200;

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");
    private static final int HIGHEST_PORT = 65_535;

    private final ConnectionStore store;
    private final Projects projects;
    private final Vault vault;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    @Inject
    Connections(ConnectionStore store, Projects projects, Vault vault, Audit audit, Changes changes, Clock clock) {
        this.store = store;
        this.projects = projects;
        this.vault = vault;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    @WithTransaction
    public Uni<Connection> create(Caller caller, NewConnection draft) {
        caller.require(Permission.EDIT_CONNECTIONS);
        ConnectionEntity row = new ConnectionEntity();
        row.workspaceId = caller.workspaceId();
        row.projectId = draft.projectId();
        row.name = Text.required("name", draft.name(), LONGEST_NAME);
        row.kind = draft.scheme().kind();
        row.place = draft.scheme().place();
        row.parameter = parameter(draft.scheme());
        row.baseUrl = draft.baseUrl() == null ? null : baseUrl(draft.baseUrl());
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        String secret = secret(draft);
        return projects.requireProject(caller, draft.projectId())
                .chain(() -> store.persistAndFlush(row))
                .invoke(() -> row.sealedSecret = secret == null ? null
                        : vault.seal(Credentials.purpose(row.id), secret))
                .chain(store::flush)
                .call(() -> audit.note(caller, Deed.of("connection", "created", row.id, row.name, Map.of(), fields(row))))
                .map(done -> row.toConnection());
    }

    private static Map<String, Object> fields(ConnectionEntity row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", row.name);
        fields.put("project_id", row.projectId);
        fields.put("authentication_type", row.kind.name().toLowerCase(Locale.ROOT));
        fields.put("in", row.place == null ? null : row.place.name().toLowerCase(Locale.ROOT));
        fields.put("parameter", row.parameter);
        fields.put("base_url", row.baseUrl);
        fields.put("secret", Secret.of(row.sealedSecret));
        return fields;
    }

    @WithSession
    public Uni<Page<Connection>> list(Caller caller, Page.Slice slice) {
        caller.require(Permission.VIEW_CONNECTIONS);
        return store.page(caller, slice);
    }

    /** A connection that an input names; fails with INVALID on {@code connection_id} when the caller sees none. */
    @WithSession
    public Uni<Connection> named(Caller caller, long id) {
        return store.one(caller, id).onItem().ifNull()
                .failWith(() -> Problem.invalidField("connection_id", "invalid_ref",
                        "connection_id: no such connection"))
                .map(ConnectionEntity::toConnection);
    }

    /** These connections, whoever may see them, by id. In the caller's session. */
    public Uni<Map<Long, Connection>> of(Collection<Long> ids) {
        return store.list("id in ?1", ids).map(rows -> rows.stream()
                .collect(Collectors.toMap(row -> row.id, ConnectionEntity::toConnection)));
    }

    /** Removes a connection that nothing refers to. In the caller's transaction; the caller has checked that it may. */
    public Uni<Void> remove(Caller caller, long id) {
        return store.findById(id).onItem().ifNotNull().call(row -> store.delete(row).chain(store::flush)
                .chain(() -> audit.note(caller, Deed.of("connection", "deleted", row.id, row.name, fields(row), Map.of())))
                .chain(() -> changes.announce(Credentials.topic(id)))).replaceWithVoid();
    }

    /** The base URLs of those of these connections that have one, by id. In the caller's session. */
    public Uni<Map<Long, String>> baseUrls(Collection<Long> ids) {
        return store.list("id in ?1 and baseUrl is not null", ids)
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.id, row -> row.baseUrl)));
    }

    private static String secret(NewConnection draft) {
        if (draft.scheme().kind() == Kind.NONE) {
            return null;
        }
        Text.required("input", draft.secret(), LONGEST_SECRET);
        String secret = draft.secret();
        if (secret.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Problem.invalidField("input", "invalid_field_value",
                    "input: a secret has visible ASCII characters only");
        }
        return secret;
    }

    private static String parameter(Scheme scheme) {
        if (scheme.kind() != Kind.API_KEY) {
            return null;
        }
        String name = scheme.parameter();
        boolean fits = name != null && name.length() <= LONGEST_PARAMETER && switch (scheme.place()) {
            case QUERY -> VISIBLE.matcher(name).matches();
            case HEADER -> Text.isToken(name)
                    && !OutboundRequest.RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT));
            case COOKIE -> Text.isToken(name);
        };
        if (!fits) {
            throw Problem.invalidField("input.name", "invalid_field_value",
                    "input.name: not the name of a header, query parameter or cookie");
        }
        return name;
    }

    private static String baseUrl(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw invalidBaseUrl();
        }
        boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getPort() > HIGHEST_PORT || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw invalidBaseUrl();
        }
        return uri.toString().replaceFirst("/+$", "");
    }

    private static Problem invalidBaseUrl() {
        return Problem.invalidField("base_url", "invalid_uri",
                "base_url: an absolute http or https URL without user, query and fragment is needed");
    }
}
