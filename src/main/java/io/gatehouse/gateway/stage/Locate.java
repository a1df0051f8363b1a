package io.gatehouse.gateway.stage;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.protocol.Published;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.changes.Kept;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Finds the server that a request is for. Plans are kept until a change makes them stale, absences too. */
@Singleton
public class Locate {

    private static final int MOST_KEPT = 10_000;
    private static final Pattern HANDLE = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    private final Kept<String, Answer> kept;

    @Inject
    Locate(PlanSource plans, Changes changes) {
        this.kept = new Kept<>(changes, MOST_KEPT, Answer::ingredients,
                handle -> plans.find(handle).map(plan -> new Answer(handle, plan.map(Published::new))));
    }

    private record Answer(String handle, Optional<Published> server) {

        Set<String> ingredients() {
            return server.map(Published::plan).map(ServerPlan::ingredients)
                    .orElseGet(() -> Set.of(PlanSource.topic(handle)));
        }
    }

    /** Fails with NOT_FOUND where there is no such server. */
    public Uni<Located> find(Arrival arrival) {
        if (!HANDLE.matcher(arrival.handle()).matches()) {
            return Uni.createFrom().failure(Locate::notFound);
        }
        return kept.get(arrival.handle())
                .onFailure().transform(failure -> Problem.unavailable("The MCP server can't be read now", failure))
                .map(answer -> new Located(arrival, answer.server().orElseThrow(Locate::notFound)));
    }

    private static Problem notFound() {
        return Problem.notFound("MCP server");
    }
}
