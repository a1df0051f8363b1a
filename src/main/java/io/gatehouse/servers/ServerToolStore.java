package io.gatehouse.servers;

import java.util.List;

import io.gatehouse.kernel.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for the tools on servers, in the order in which they were put there. */
@Singleton
class ServerToolStore implements PanacheRepository<ServerToolEntity> {

    Uni<Void> add(List<ServerToolEntity> rows) {
        return getSession().chain(session -> session.persistAll(rows.toArray()).chain(session::flush));
    }

    Uni<List<ServerToolEntity>> of(long serverId) {
        return list("serverId = ?1 order by id", serverId);
    }

    Uni<Page<ServerToolEntity>> page(long serverId, Page.Slice slice) {
        return find("serverId = ?1 order by id", serverId)
                .range(slice.offset(), slice.offset() + slice.limit()).list().map(slice::of);
    }
}
