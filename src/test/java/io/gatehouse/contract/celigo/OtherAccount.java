package io.gatehouse.contract.celigo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import io.gatehouse.access.Workspaces;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A second account on the same deployment, with a server and a tool of its own. */
@Singleton
class OtherAccount {

    private final Workspaces workspaces;
    private final Tables tables;

    @Inject
    OtherAccount(Workspaces workspaces, Tables tables) {
        this.workspaces = workspaces;
        this.tables = tables;
    }

    /** What it has; all ids in this dialect's form. */
    record Owned(String token, String server, String relativeUri, String handle, String tool) {
    }

    /** An account without servers; the token that opens it. */
    String found() {
        return client(workspace());
    }

    Owned furnish() {
        long workspace = workspace();
        long project = id("insert into project (workspace_id, name, created_at) values (?, 'P', now()) returning id",
                workspace);
        long folder = id("""
                insert into folder (workspace_id, project_id, name, created_at, updated_at, object_id)
                values (?, ?, 'P', now(), now(), ?) returning id""", workspace, project, objectId());
        String server = objectId();
        String handle = "other-" + UUID.randomUUID();
        String uri = Account.uri();
        id("""
                insert into mcp_server (object_id, workspace_id, project_id, folder_id, handle, name, relative_uri, enabled,
                authentication_method, created_at, updated_at, version)
                values (?, ?, ?, ?, ?, 'Other', ?, true, 'TOKEN', now(), now(), 0) returning id""", server, workspace,
                project, folder, handle, uri);
        return new Owned(client(workspace), server, uri, handle, tool(workspace, project));
    }

    /** One more. */
    String tool(Owned owned) {
        Map<String, String> server = tables.rows("select workspace_id, project_id from mcp_server where object_id = ?",
                owned.server()).get(0);
        return tool(Long.parseLong(server.get("workspace_id")), Long.parseLong(server.get("project_id")));
    }

    private String tool(long workspace, long project) {
        long collection = id("""
                insert into api_collection (workspace_id, project_id, name, security, created_at, updated_at, version)
                values (?, ?, 'C', '{}', now(), now(), 0) returning id""", workspace, project);
        String tool = objectId();
        id("""
                insert into api_endpoint (id, workspace_id, collection_id, name, description, method, path, enabled,
                created_at, version, object_id)
                values (nextval('catalogue_seq'), ?, ?, 'op', 'Op', 'GET', '/p', true, now(), 0, ?) returning id""",
                workspace, collection, tool);
        return tool;
    }

    private long workspace() {
        return id("insert into workspace (name, created_at, object_id) values ('Other', now(), ?) returning id",
                objectId());
    }

    private String client(long workspace) {
        try {
            String token = VertxContextSupport.subscribeAndAwait(workspaces::createAdministrator);
            tables.write("update api_client set workspace_id = ? where id = ?", workspace, client(token));
            return token;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The client that a token stands for. */
    static long client(String token) {
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        return Account.parse(claims).get("sub").asLong();
    }

    private long id(String insert, Object... values) {
        return Long.parseLong(tables.value(insert, values));
    }

    static String objectId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }
}
