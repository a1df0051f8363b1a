package io.gatehouse.gateway.stage;

import java.util.Optional;
import java.util.Set;

import io.gatehouse.gateway.Arrival;
import io.gatehouse.gateway.Located;
import io.gatehouse.gateway.protocol.Published;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.changes.Kept;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Finds the server that a request is for. Plans are kept until a change makes them stale, absences too. */
@Singleton
public class Locate {

    /** The share of the heap that plans may take, rendered, in KiB. */
    private static final long MOST_KEPT = Runtime.getRuntime().maxMemory() / 8 / 1024;

    private final Kept<String, Answer> kept;

    @Inject
    Locate(PlanSource plans, Changes changes, Vertx vertx) {
        this.kept = new Kept<>(changes, MOST_KEPT, Answer::weight, Answer::ingredients,
                handle -> plans.find(handle).chain(plan -> Uni.createFrom().completionStage(
                        () -> vertx.executeBlocking(() -> new Answer(handle, plan.map(Published::new)), false)
                                .toCompletionStage())));
    }

    private record Answer(String handle, Optional<Published> server) {

        /** In KiB. */
        int weight() {
            return 1 + server.map(Published::size).orElse(0) / 1024;
        }

        Set<String> ingredients() {
            return server.map(Published::plan).map(ServerPlan::ingredients)
                    .orElseGet(() -> Set.of(PlanSource.topic(handle)));
        }
    }

    /** Fails with NOT_FOUND where there is no such server. */
    public Uni<Located> find(Arrival arrival) {
        if (!PlanSource.isHandle(arrival.handle())) {
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
