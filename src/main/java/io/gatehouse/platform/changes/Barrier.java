package io.gatehouse.platform.changes;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.gatehouse.kernel.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Waits until every running replica has heard all notices up to now: it sends a question after them on the same channel,
 * which keeps their order, and gathers the answers; again and again, for replicas come and reconnect meanwhile. A replica
 * that does not answer stops counting when its row is old.
 */
@Singleton
class Barrier {

    private static final String QUESTION = "?";
    private static final String ANSWER = "!";
    private static final Duration FIRST_LOOK = Duration.ofMillis(2);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST = Replica.COUNTED.plusSeconds(5);

    private final Pool pool;
    private final Replica replica;
    private final Map<String, Set<UUID>> answers = new ConcurrentHashMap<>();

    @Inject
    Barrier(Pool pool, Replica replica) {
        this.pool = pool;
        this.replica = replica;
    }

    Uni<Void> settle() {
        String question = UUID.randomUUID().toString();
        answers.put(question, ConcurrentHashMap.newKeySet());
        return say(QUESTION + question).chain(this::running)
                .invoke(running -> {
                    if (!answers.get(question).containsAll(running)) {
                        throw new NotYet();
                    }
                }).onFailure(NotYet.class).retry().withBackOff(FIRST_LOOK, LONGEST_LOOK)
                .expireIn(LONGEST.toMillis())
                .onFailure().transform(failure -> Problem.unavailable(
                        "The change is made, but not every replica has confirmed it; try again", failure))
                .onTermination().invoke(() -> answers.remove(question))
                .replaceWithVoid();
    }

    /** Whether the message was one of the barrier's own. */
    boolean heard(String message) {
        if (message.startsWith(QUESTION)) {
            say(ANSWER + message.substring(QUESTION.length()) + ' ' + replica.id()).subscribe().with(done -> {
            }, failure -> replica.distrust());
            return true;
        }
        if (message.startsWith(ANSWER)) {
            String[] answer = message.substring(ANSWER.length()).split(" ");
            answers.computeIfPresent(answer[0], (question, from) -> {
                from.add(UUID.fromString(answer[1]));
                return from;
            });
            return true;
        }
        return false;
    }

    Uni<Void> say(String message) {
        return pool.preparedQuery("select pg_notify($1, $2)").execute(Tuple.of(Changes.CHANNEL, message))
                .replaceWithVoid();
    }

    private Uni<Set<UUID>> running() {
        return pool.preparedQuery(
                "select id from replica where seen_at > clock_timestamp() - make_interval(secs => $1)")
                .execute(Tuple.of((double) Replica.COUNTED.toSeconds()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map((Row row) -> row.getUUID(0)).collect(Collectors.toSet()));
    }

    private static final class NotYet extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotYet() {
            super(null, null, false, false);
        }
    }
}
