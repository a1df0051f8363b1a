package io.gatehouse.tools.operation;

import java.util.List;

import io.gatehouse.connections.ConnectionUse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Tells which collections reach their back ends through a connection. */
@Singleton
class CollectionUse implements ConnectionUse {

    private final CollectionStore collections;

    @Inject
    CollectionUse(CollectionStore collections) {
        this.collections = collections;
    }

    @Override
    public Uni<List<User>> of(long connectionId) {
        return collections.list("connectionId = ?1 order by id", connectionId).map(rows -> rows.stream()
                .map(row -> new User("the API collection \"" + row.name + "\"", row.projectId)).toList());
    }
}
