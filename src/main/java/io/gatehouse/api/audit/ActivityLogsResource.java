package io.gatehouse.api.audit;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.access.Workspaces;
import io.gatehouse.api.Current;
import io.gatehouse.journal.audit.AuditFilter;
import io.gatehouse.journal.audit.AuditTrail;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/activity_logs}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/activity_logs")
@Tag(name = "Audit trail")
public class ActivityLogsResource {

    private final AuditTrail trail;
    private final Workspaces workspaces;
    private final Current current;

    @Inject
    ActivityLogsResource(AuditTrail trail, Workspaces workspaces, Current current) {
        this.trail = trail;
        this.workspaces = workspaces;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listActivityLogs", summary = "List who changed what", description = "The newest first. A page that follows an entry is not moved by what is written meanwhile.")
    public Uni<ActivityBody.Page> list(@BeanParam ActivityQuery query) {
        Caller caller = current.caller();
        AuditFilter filter = query.filter();
        Long before = query.before();
        Page.Slice slice = query.slice();
        return workspaces.of(caller).chain(workspace -> trail.find(caller, filter, before, slice)
                .chain(page -> trail.count(caller, filter)
                        .map(total -> new ActivityBody.Page(
                                page.items().stream().map(entry -> ActivityBody.of(entry, workspace)).toList(), total))));
    }
}
