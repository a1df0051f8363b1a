package io.gatehouse.servers.catalogue;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to what servers take over whole. Works in the caller's session. */
@Singleton
public class Sources {

    private final SourceStore store;
    private final Clock clock;

    @Inject
    Sources(SourceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** By age. */
    public Uni<List<Source>> of(long serverId) {
        return store.of(serverId).map(Sources::shown);
    }

    /** Of all servers. */
    public Uni<List<Source>> following(long upstreamId) {
        return store.following(upstreamId).map(Sources::shown);
    }

    private static List<Source> shown(List<SourceEntity> rows) {
        return rows.stream().map(SourceEntity::toSource).toList();
    }

    /** All of an upstream again, whatever was taken off; the prefix is for the names of tools that are yet to come. */
    public Uni<Source> add(long serverId, long upstreamId, String prefix) {
        return store.one(serverId, upstreamId)
                .onItem().ifNull().switchTo(() -> {
                    SourceEntity row = new SourceEntity();
                    row.serverId = serverId;
                    row.upstreamId = upstreamId;
                    row.prefix = prefix;
                    row.createdAt = clock.instant();
                    return store.persistAndFlush(row);
                }).map(row -> {
                    row.prefix = prefix;
                    row.takenOff = null;
                    return row.toSource();
                });
    }

    /** @param toolIds by source */
    public Uni<Void> takeOff(Map<Long, Set<Long>> toolIds) {
        return toolIds.isEmpty() ? Uni.createFrom().voidItem()
                : store.these(toolIds.keySet())
                        .invoke(rows -> rows.forEach(row -> row.takeOff(toolIds.get(row.id)))).replaceWithVoid();
    }

    public Uni<Void> remove(Source source) {
        return store.deleteById(source.id()).replaceWithVoid();
    }
}
