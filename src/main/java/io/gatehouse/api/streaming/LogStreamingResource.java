package io.gatehouse.api.streaming;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.gatehouse.api.Current;
import io.gatehouse.api.workato.WorkatoInput;
import io.gatehouse.api.workato.WorkatoSuccess;
import io.gatehouse.journal.siem.DeadLetterOffice;
import io.gatehouse.journal.siem.DestinationSet;
import io.gatehouse.journal.siem.Destinations;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/log_streaming/destinations}. */
@Produces(MediaType.APPLICATION_JSON)
@Path("/api/log_streaming/destinations")
@Tag(name = "Log streaming")
public class LogStreamingResource {

    private static final String WHAT = "Log destination";
    private static final int PAGE = 100;

    private final Destinations destinations;
    private final DestinationSet set;
    private final DeadLetterOffice office;
    private final Current current;

    @Inject
    LogStreamingResource(Destinations destinations, DestinationSet set, DeadLetterOffice office, Current current) {
        this.destinations = destinations;
        this.set = set;
        this.office = office;
        this.current = current;
    }

    /** From when on. */
    @Schema(name = "LogReplay")
    public record Replay(
            @Schema(description = "Required", examples = "2026-01-31T12:00:00Z", format = "date-time") String from) {
    }

    @GET
    @Operation(operationId = "listLogDestinations", summary = "List log destinations")
    public Uni<LogDestinationBody.Page> list() {
        return destinations.list(current.caller()).map(LogDestinationBody.Page::of);
    }

    @POST
    @Operation(operationId = "createLogDestination", summary = "Stream the log somewhere", description = "It gets the entries of the activity log and of the audit trail from now on, each at least once; one that comes twice has the same id.")
    public Uni<LogDestinationBody> create(LogDestinationBody.Input input) {
        return destinations.create(current.caller(), LogDestinationBody.wish(input)).map(LogDestinationBody::of);
    }

    @PUT
    @Operation(operationId = "replaceLogDestinations", summary = "Replace all log destinations", description = "Those with an id are changed, where what is left out stays; those without are new; those that are not named are deleted. All of it or nothing. What a list shows can be sent as it is.")
    public Uni<LogDestinationBody.Page> replace(LogDestinationBody.All all) {
        return set.replace(current.caller(), WorkatoInput.body(all).wanted()).map(LogDestinationBody.Page::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getLogDestination", summary = "Get a log destination and how it does")
    public Uni<LogDestinationBody> get(@PathParam("id") String id) {
        return destinations.get(current.caller(), WorkatoInput.pathId(WHAT, id)).map(LogDestinationBody::of);
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateLogDestination", summary = "Update a log destination", description = "What is left out stays as it is. One that is disabled keeps its place.")
    public Uni<LogDestinationBody> update(@PathParam("id") String id, LogDestinationBody.Input input) {
        return destinations.change(current.caller(), WorkatoInput.pathId(WHAT, id), LogDestinationBody.wish(input))
                .map(LogDestinationBody::of);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteLogDestination", summary = "Delete a log destination", description = "Its dead letters go with it.")
    public Uni<WorkatoSuccess> delete(@PathParam("id") String id) {
        return destinations.delete(current.caller(), WorkatoInput.pathId(WHAT, id)).replaceWith(new WorkatoSuccess(true));
    }

    @POST
    @Path("/{id}/test")
    @Operation(operationId = "testLogDestination", summary = "Send a test event", description = "Now, whatever the backlog is, and tells what came back.")
    public Uni<TrialBody> test(@PathParam("id") String id) {
        return office.test(current.caller(), WorkatoInput.pathId(WHAT, id)).map(TrialBody::of);
    }

    @POST
    @Path("/{id}/replay")
    @Operation(operationId = "replayLogDestination", summary = "Stream again from a time on", description = "As far back as entries are kept. They have the ids that they had before.")
    public Uni<LogDestinationBody> replay(@PathParam("id") String id, Replay input) {
        long destination = WorkatoInput.pathId(WHAT, id);
        Instant from = WorkatoInput.optionalTime("from", WorkatoInput.body(input).from());
        return destinations.replay(current.caller(), destination, from).map(LogDestinationBody::of);
    }

    @GET
    @Path("/{id}/dead_letters")
    @Operation(operationId = "listLogDeadLetters", summary = "List what a log destination refuses", description = "The newest first, with the reasons.")
    public Uni<DeadLetterBody.Page> letters(@PathParam("id") String id,
            @QueryParam("page[before]") @Parameter(description = "Where the page before says to go on") String before) {
        return office.list(current.caller(), WorkatoInput.pathId(WHAT, id), WorkatoInput.optionalLong("page[before]", before),
                PAGE + 1).map(letters -> DeadLetterBody.Page.of(letters, PAGE));
    }

    @POST
    @Path("/{id}/dead_letters/retry")
    @Operation(operationId = "retryLogDeadLetters", summary = "Send again what a log destination has refused")
    public Uni<DeadLetterBody.Count> retry(@PathParam("id") String id) {
        return office.retry(current.caller(), WorkatoInput.pathId(WHAT, id)).map(DeadLetterBody.Count::new);
    }

    @DELETE
    @Path("/{id}/dead_letters")
    @Operation(operationId = "discardLogDeadLetters", summary = "Discard what a log destination has refused")
    public Uni<DeadLetterBody.Count> discard(@PathParam("id") String id) {
        return office.discard(current.caller(), WorkatoInput.pathId(WHAT, id)).map(DeadLetterBody.Count::new);
    }
}
