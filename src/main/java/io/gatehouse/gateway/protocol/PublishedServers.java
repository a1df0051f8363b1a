package io.gatehouse.gateway.protocol;

import java.util.Optional;
import java.util.Set;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.PlanSource;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.platform.changes.Changes;
import io.gatehouse.platform.changes.Kept;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The servers of this gateway by their names in URLs. They are kept until a change makes them stale, absences too. */
@Singleton
public class PublishedServers {

    /** The share of the heap that plans may take, rendered, in KiB. */
    private static final long MOST_KEPT = Runtime.getRuntime().maxMemory() / 8 / 1024;

    private final Kept<String, Answer> kept;

    @Inject
    PublishedServers(PlanSource plans, Changes changes, Vertx vertx) {
        this.kept = new Kept<>("servers", changes, MOST_KEPT, Answer::weight, Answer::ingredients,
                name -> plans.find(name).chain(plan -> Uni.createFrom().completionStage(
                        () -> vertx.executeBlocking(() -> new Answer(name, plan.map(Published::new)), false)
                                .toCompletionStage())));
    }

    /**
     * What a name in URLs stands for now.
     *
     * @param server empty when there is none, or it is off
     */
    public record Answer(String name, Optional<Published> server) {

        /** In KiB. */
        int weight() {
            return 1 + server.map(Published::size).orElse(0) / 1024;
        }

        /** The topics whose change makes it stale. */
        public Set<String> ingredients() {
            return server.map(Published::plan).map(ServerPlan::ingredients)
                    .orElseGet(() -> Set.of(PlanSource.topic(name)));
        }
    }

    /** Fails with UNAVAILABLE. */
    public Uni<Answer> find(String name) {
        return kept.get(name)
                .onFailure().transform(failure -> Problem.unavailable("The MCP server can't be read now", failure));
    }
}
