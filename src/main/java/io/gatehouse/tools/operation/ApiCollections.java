package io.gatehouse.tools.operation;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jboss.logging.Logger;

import io.gatehouse.access.Projects;
import io.gatehouse.connections.Connection;
import io.gatehouse.connections.Connections;
import io.gatehouse.connections.NewConnection;
import io.gatehouse.connections.Scheme;
import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.journal.audit.Audit;
import io.gatehouse.journal.audit.Deed;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.ObjectId;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.database.StoredJson;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to imported APIs. */
@Singleton
public class ApiCollections {

    private static final Logger LOG = Logger.getLogger(ApiCollections.class);
    private static final int LONGEST_NAME = 300;
    private static final String TYPE = "api_collection";
    private static final String CONNECTION = "connection_id";

    private final CollectionStore collections;
    private final EndpointStore endpoints;
    private final Projects projects;
    private final Connections connections;
    private final ImportWorkers workers;
    private final Audit audit;
    private final Changes changes;
    private final Clock clock;

    @Inject
    ApiCollections(CollectionStore collections, EndpointStore endpoints, Projects projects, Connections connections,
            ImportWorkers workers, Audit audit, Changes changes, Clock clock) {
        this.collections = collections;
        this.endpoints = endpoints;
        this.projects = projects;
        this.connections = connections;
        this.workers = workers;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** Reads a document on a worker thread, then keeps the collection and all its endpoints in one transaction. */
    public Uni<ImportReport> importDocument(Caller caller, NewApiCollection draft) {
        caller.require(Permission.EDIT_TOOLS);
        Text.bounded("name", draft.name(), LONGEST_NAME);
        return workers.run(() -> DocumentImport.read(draft.content(), draft.format()))
                .chain(document -> Panache.withTransaction(() -> keep(caller, draft, document)));
    }

    private Uni<ImportReport> keep(Caller caller, NewApiCollection draft, ImportedDocument document) {
        CollectionEntity row = new CollectionEntity();
        row.workspaceId = caller.workspaceId();
        row.projectId = draft.projectId();
        row.connectionId = draft.connectionId();
        row.name = Text.required("name", draft.name() == null ? document.title() : draft.name(), LONGEST_NAME);
        row.documentVersion = document.version();
        row.baseUrl = document.baseUrl();
        row.security = StoredJson.write(document.security());
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return projects.requireProject(caller, draft.projectId())
                .chain(() -> draft.connectionId() == null
                        ? Uni.createFrom().nullItem()
                        : connections.named(caller, draft.connectionId()))
                .chain(() -> collections.persistAndFlush(row))
                .chain(() -> {
                    List<EndpointEntity> rows = document.operations().stream().map(o -> endpoint(o, row)).toList();
                    return endpoints.add(rows).map(done -> new ImportReport(
                            row.toCollection(), rows.stream().map(EndpointEntity::toEndpoint).toList()));
                })
                .call(report -> audit.note(caller, imported(row, report)))
                .invoke(report -> LOG.infof("Imported collection %d with %d operations", report.collection().id(),
                        report.endpoints().size()));
    }

    private static Deed imported(CollectionEntity row, ImportReport report) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", row.name);
        fields.put("project_id", row.projectId);
        fields.put("version", row.documentVersion);
        fields.put(CONNECTION, row.connectionId);
        fields.put("operations", report.endpoints().size());
        return Deed.of(TYPE, "imported", row.id, row.name, Map.of(), fields);
    }

    private EndpointEntity endpoint(ImportedOperation operation, CollectionEntity collection) {
        EndpointEntity row = new EndpointEntity();
        row.objectId = ObjectId.create(collection.createdAt);
        row.workspaceId = collection.workspaceId;
        row.collection = collection;
        row.name = operation.name();
        row.title = operation.title();
        row.description = operation.description();
        row.method = operation.method();
        row.path = operation.path();
        row.baseUrl = operation.baseUrl();
        row.operation = operation.operation() == null ? null : StoredJson.write(operation.operation());
        row.inputSchema = operation.inputSchema();
        row.refusal = operation.refusal();
        row.enabled = operation.refusal() == null;
        row.createdAt = collection.createdAt;
        return row;
    }

    /** @param projectId null for every project */
    @WithSession
    public Uni<Page<ApiCollection>> list(Caller caller, Long projectId, Page.Slice slice) {
        caller.require(Permission.VIEW_TOOLS);
        return collections.page(caller, projectId, slice);
    }

    /** The project of a collection; null where the caller sees no such collection. In the caller's session. */
    public Uni<Long> project(Caller caller, long collectionId) {
        return collections.find("workspaceId = ?1 and id = ?2", caller.workspaceId(), collectionId).firstResult()
                .map(row -> row == null || !caller.sees(row.projectId) ? null : row.projectId);
    }

    /** Makes a connection and lets the collection reach its back end through it from now on. */
    @WithTransaction
    public Uni<Connection> connect(Caller caller, long collectionId, ConnectionWish wish) {
        caller.require(Permission.EDIT_TOOLS);
        return collections.lock(caller, collectionId).onItem().ifNull()
                .failWith(() -> Problem.invalidField("api_collection_id", "invalid_ref",
                        "api_collection_id: no such collection"))
                .chain(row -> connections.create(caller, new NewConnection(row.projectId, wish.name(),
                        scheme(wish, row.toCollection().security()), wish.secret(), wish.baseUrl()))
                        .call(connection -> connect(caller, row, connection.id())));
    }

    private Uni<Void> connect(Caller caller, CollectionEntity row, long connectionId) {
        Map<String, Object> before = new HashMap<>();
        before.put(CONNECTION, row.connectionId);
        row.connectionId = connectionId;
        row.updatedAt = clock.instant();
        return audit.note(caller, Deed.of(TYPE, "connected", row.id, row.name, before, Map.of(CONNECTION, connectionId)))
                .chain(() -> changes.announce(topic(row.id)));
    }

    private static Scheme scheme(ConnectionWish wish, Map<String, Scheme> declared) {
        if (wish.scheme() != null) {
            return wish.scheme();
        }
        if (wish.securityScheme() != null && !declared.containsKey(wish.securityScheme())) {
            throw Problem.invalidField("input.security_scheme", "invalid_ref",
                    "input.security_scheme: the document declares " + declared.keySet());
        }
        return declared.entrySet().stream()
                .filter(entry -> wish.securityScheme() == null || entry.getKey().equals(wish.securityScheme()))
                .map(Map.Entry::getValue).filter(scheme -> scheme.kind() == wish.kind()).findFirst()
                .orElseGet(() -> undeclared(wish.kind()));
    }

    /** What the document does not declare is still possible where nothing needs to be named. */
    private static Scheme undeclared(Kind kind) {
        return switch (kind) {
            case NONE -> Scheme.NONE;
            case BEARER -> Scheme.BEARER;
            case BASIC -> Scheme.BASIC;
            case CLIENT_CREDENTIALS -> throw new IllegalStateException("Comes with its own scheme");
            case API_KEY -> throw Problem.invalidField("input.name", "missing_required_field",
                    "input.name and input.in are required, for the document declares no "
                            + kind.name().toLowerCase(Locale.ROOT));
        };
    }

    /** The word of change notices for a collection. */
    public static String topic(long collectionId) {
        return "collection:" + collectionId;
    }
}
