package io.gatehouse.testing;

import java.util.concurrent.atomic.AtomicLong;

import io.gatehouse.access.Workspaces;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Workspaces beside the first one, which nothing makes yet but the tables know. */
@Singleton
public class OtherWorkspace {

    private final Workspaces workspaces;
    private final Ledger ledger;
    private final AtomicLong lastId = new AtomicLong(900_000);

    @Inject
    OtherWorkspace(Workspaces workspaces, Ledger ledger) {
        this.workspaces = workspaces;
        this.ledger = ledger;
    }

    public long create() {
        long id = lastId.incrementAndGet();
        ledger.update("insert into workspace (id, object_id, name, created_at) values (?, ?, 'Other', now())", id,
                "other" + id);
        return id;
    }

    /** The token of a new client with every privilege. */
    public String administrator(long workspaceId) {
        try {
            String token = VertxContextSupport.subscribeAndAwait(workspaces::createAdministrator);
            JsonPath me = Deployment.as(token).get("/api/users/me").jsonPath();
            ledger.update("update api_client set workspace_id = ? where id = ?", workspaceId, me.getLong("id"));
            return token;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
