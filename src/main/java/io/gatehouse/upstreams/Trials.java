package io.gatehouse.upstreams;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.gatehouse.connections.Connection;
import io.gatehouse.connections.Connections;
import io.gatehouse.connections.NewConnection;
import io.gatehouse.connections.Scheme;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Permission;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Tries an upstream before anything is stored about it. A credential that comes with the request becomes a connection
 * first, for so it is sealed and sent like every other; where the trial or what follows fails, it is removed again.
 */
@Singleton
class Trials {

    private static final Logger LOG = Logger.getLogger(Trials.class);

    private final Connections connections;
    private final Scout scout;

    @Inject
    Trials(Connections connections, Scout scout) {
        this.connections = connections;
        this.scout = scout;
    }

    /**
     * What is to be tried.
     *
     * @param connectionId the one in use, for a wish that is null
     */
    record Plan(long projectId, String name, URI url, Duration timeout, CredentialWish wish, Long connectionId) {
    }

    /** @param ownsConnection whether the connection was made for this upstream */
    record Passed(Target target, boolean ownsConnection, Sighting sighting) {
    }

    /**
     * Fails with INVALID on the URL where no MCP server is found there.
     *
     * @param store stores what passed, in a transaction
     */
    <T> Uni<T> pass(Caller caller, Plan plan, Function<Passed, Uni<T>> store) {
        CredentialWish wish = plan.wish();
        boolean makes = wish != null && wish.connectionId() == null && wish.scheme().kind() != Scheme.Kind.NONE;
        return (makes ? make(caller, plan) : existing(caller, plan)).chain(connectionId -> {
            Target target = new Target(plan.url(), connectionId.isEmpty() ? null : connectionId.get(0), plan.timeout());
            return scout.look(target)
                    .onFailure(Problem.class).transform(Trials::refusal)
                    .chain(sighting -> Panache.withTransaction(() -> store.apply(new Passed(target, makes, sighting))))
                    .onFailure().call(failure -> makes ? remove(caller, target.connectionId())
                            : Uni.createFrom().voidItem());
        });
    }

    /** None, or the one. */
    private Uni<List<Long>> make(Caller caller, Plan plan) {
        return Uni.createFrom().deferred(() -> connections.create(caller, new NewConnection(plan.projectId(),
                plan.name(), plan.wish().scheme(), plan.wish().secret(), null)))
                .map(connection -> List.of(connection.id()))
                .onFailure(Problem.class).transform(CredentialWish::inWordsOfRemotes);
    }

    private Uni<List<Long>> existing(Caller caller, Plan plan) {
        Long id = plan.wish() == null ? plan.connectionId() : plan.wish().connectionId();
        if (id == null) {
            return Uni.createFrom().item(List.of());
        }
        caller.require(Permission.EDIT_CONNECTIONS);
        return connections.named(caller, id)
                .onFailure(Problem.class).transform(CredentialWish::inWordsOfRemotes)
                .invoke(connection -> check(connection, plan)).map(connection -> List.of(connection.id()));
    }

    private static void check(Connection connection, Plan plan) {
        if (connection.projectId() != plan.projectId()) {
            throw Problem.invalidField("remote.connection_id", "invalid_ref",
                    "remote.connection_id: the connection belongs to another project than the server");
        }
        UpstreamRules.check(connection, plan.url());
    }

    private Uni<Void> remove(Caller caller, long connectionId) {
        return Panache.withTransaction(() -> connections.remove(caller, connectionId))
                .onFailure().invoke(failure -> LOG.warnf(failure, "Connection %d is left over", connectionId))
                .onFailure().recoverWithNull();
    }

    private static Problem refusal(Problem failure) {
        String code = failure.kind() == Problem.Kind.FORBIDDEN ? "forbidden_address" : failure.code();
        return Problem.invalidField(UpstreamRules.URL, code, UpstreamRules.URL + ": " + failure.getMessage());
    }
}
