package io.gatehouse.prompts;

import java.util.Collection;
import java.util.List;

import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The queries for prompts, in the order in which their servers have them. */
@Singleton
class PromptStore implements PanacheRepository<PromptEntity> {

    Uni<List<PromptEntity>> of(Collection<Long> serverIds) {
        return list("serverId in ?1 order by serverId, position", serverIds);
    }

    Uni<Void> replace(long serverId, List<PromptEntity> rows) {
        return delete("serverId", serverId).chain(this::getSession)
                .chain(session -> session.persistAll(rows.toArray()).chain(session::flush));
    }
}
