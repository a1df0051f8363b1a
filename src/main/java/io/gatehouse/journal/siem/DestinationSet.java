package io.gatehouse.journal.siem;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gatehouse.journal.siem.Destinations.Fresh;
import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** All destinations of a workspace at once, as whoever keeps them in a file has them. */
@Singleton
public class DestinationSet {

    private final Destinations destinations;
    private final DestinationStore store;

    @Inject
    DestinationSet(Destinations destinations, DestinationStore store) {
        this.destinations = destinations;
        this.store = store;
    }

    /**
     * One of them.
     *
     * @param id null for a new one
     */
    public record Wanted(Long id, NewDestination wish) {
    }

    /**
     * What has an id is changed, what has none is new, and what is not named is deleted: all of it or nothing.
     *
     * @param wanted null is refused, for it is no wish to delete all
     * @return in the order of the wishes
     */
    public Uni<List<Destination>> replace(Caller caller, List<Wanted> wanted) {
        Destinations.requireEditor(caller);
        if (wanted == null) {
            throw DestinationFields.wrong("items", "missing_required_field", "items is required");
        }
        Destinations.requireRoom(wanted.size() - 1L);
        List<Fresh> fresh = each(wanted, wish -> wish.id() == null ? destinations.fresh(caller, wish.wish()) : null);
        return Panache.withSession(() -> store.of(caller.workspaceId()))
                .chain(rows -> check(wanted, fresh, byId(rows)))
                .chain(() -> destinations.now(caller))
                .chain(now -> Panache.withTransaction(() -> store.lockAll(caller.workspaceId())
                        .chain(rows -> replace(caller, wanted, fresh, rows, now))))
                .chain(rows -> inTurn(rows, destinations::shown));
    }

    private static Map<Long, DestinationEntity> byId(List<DestinationEntity> rows) {
        return rows.stream().collect(Collectors.toMap(row -> row.id, Function.identity()));
    }

    private Uni<Void> check(List<Wanted> wanted, List<Fresh> fresh, Map<Long, DestinationEntity> rows) {
        List<Target> targets = targets(wanted, fresh, rows);
        return inTurn(IntStream.range(0, targets.size()).boxed().toList(), at -> destinations.check(targets.get(at))
                .onFailure(Problem.class).transform(problem -> within(at, problem))).replaceWithVoid();
    }

    private static List<Target> targets(List<Wanted> wanted, List<Fresh> fresh, Map<Long, DestinationEntity> rows) {
        List<DestinationEntity> named = named(wanted, rows);
        return IntStream.range(0, wanted.size()).mapToObj(at -> named.get(at) == null ? fresh.get(at).target()
                : within(at, () -> DestinationFields.target(named.get(at).kind, Destinations.target(named.get(at)),
                        wanted.get(at).wish())))
                .toList();
    }

    /** Null for what is new. */
    private static List<DestinationEntity> named(List<Wanted> wanted, Map<Long, DestinationEntity> rows) {
        Set<Long> before = new HashSet<>();
        return each(wanted, wish -> {
            if (wish.id() != null && (!rows.containsKey(wish.id()) || !before.add(wish.id()))) {
                throw DestinationFields.wrong("id", "invalid_field_value",
                        "id: a destination that is there is needed, and each but once; none for a new one");
            }
            return wish.id() == null ? null : rows.get(wish.id());
        });
    }

    private Uni<List<DestinationEntity>> replace(Caller caller, List<Wanted> wanted, List<Fresh> fresh,
            List<DestinationEntity> rows, Progress now) {
        List<DestinationEntity> named = named(wanted, byId(rows));
        List<DestinationEntity> gone = rows.stream().filter(row -> !named.contains(row)).toList();
        return inTurn(gone, row -> destinations.delete(caller, row))
                .chain(() -> inTurn(IntStream.range(0, wanted.size()).boxed().toList(), at -> named.get(at) == null
                        ? destinations.begin(caller, fresh.get(at), now)
                        : within(at, () -> destinations.change(caller, named.get(at), wanted.get(at).wish(), now))));
    }

    private static <T, R> Uni<List<R>> inTurn(List<T> all, Function<T, Uni<? extends R>> work) {
        return Multi.createFrom().iterable(all).onItem().<R> transformToUniAndConcatenate(work).collect().asList();
    }

    private static <R> List<R> each(List<Wanted> wanted, Function<Wanted, R> work) {
        return IntStream.range(0, wanted.size()).mapToObj(at -> within(at, () -> work.apply(wanted.get(at))))
                .collect(Collectors.toList());
    }

    private static <R> R within(int at, Supplier<R> work) {
        try {
            return work.get();
        } catch (Problem problem) {
            throw within(at, problem);
        }
    }

    private static Problem within(int at, Problem problem) {
        return problem.within("items." + at);
    }
}
