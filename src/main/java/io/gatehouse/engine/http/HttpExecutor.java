package io.gatehouse.engine.http;

import java.util.Optional;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.connections.Credential;
import io.gatehouse.connections.Credentials;
import io.gatehouse.engine.Outcome;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.HttpAction;
import io.gatehouse.platform.outbound.Outbound;
import io.gatehouse.platform.outbound.OutboundResponse;
import io.gatehouse.platform.telemetry.Trail;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Calls one operation of an outside API. */
@Singleton
public class HttpExecutor {

    private static final Logger LOG = Logger.getLogger(HttpExecutor.class);
    private static final int UNAUTHORIZED = 401;

    private final Credentials credentials;
    private final Outbound outbound;

    @Inject
    HttpExecutor(Credentials credentials, Outbound outbound) {
        this.credentials = credentials;
        this.outbound = outbound;
    }

    /** What the back end answers, and every way in which it fails to, is an outcome. */
    public Uni<Outcome> execute(HttpAction action, ObjectNode arguments, Trail trail) {
        if (action.baseUrl() == null) {
            return Uni.createFrom().item(Outcome.failure("This tool's API has no address: its document names no "
                    + "absolute server. A connection with a base_url can give one."));
        }
        return credential(action)
                .chain(credential -> send(action, arguments, credential, trail))
                .map(answer -> AnswerReader.read(action.operation(), answer))
                .onFailure(Problem.class).recoverWithItem(problem -> Outcome.failure(problem.getMessage()))
                .onFailure(BadArgument.class).recoverWithItem(problem -> Outcome.failure(problem.getMessage()))
                .onFailure().recoverWithItem(failure -> {
                    LOG.error("A tool call could not be carried out", failure);
                    return Outcome.failure("The call could not be carried out, for a reason that Gatehouse's log has");
                });
    }

    /** A credential that is refused may have been withdrawn; where there is another one, it is tried once. */
    private Uni<OutboundResponse> send(HttpAction action, ObjectNode arguments, Optional<Credential> credential,
            Trail trail) {
        Uni<OutboundResponse> answer = outbound.send(RequestBuilder.build(action, arguments, credential), trail);
        return credential.isEmpty() ? answer
                : answer.chain(first -> first.status() != UNAUTHORIZED ? Uni.createFrom().item(first)
                        : credentials.renewed(action.connectionId(), credential.get()).chain(other -> other.isEmpty()
                                ? Uni.createFrom().item(first)
                                : outbound.send(RequestBuilder.build(action, arguments, other), trail)));
    }

    private Uni<Optional<Credential>> credential(HttpAction action) {
        return action.connectionId() == null || !action.operation().authenticated()
                ? Uni.createFrom().item(Optional.empty())
                : credentials.of(action.connectionId());
    }
}
