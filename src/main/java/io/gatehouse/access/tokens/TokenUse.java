package io.gatehouse.access.tokens;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Remembers which tokens are used and tells the database every few seconds, so that a call writes nothing for it. */
@Singleton
public class TokenUse {

    private final McpTokens tokens;
    private final Clock clock;
    private final Set<Long> used = ConcurrentHashMap.newKeySet();

    @Inject
    TokenUse(McpTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    public void note(long tokenId) {
        used.add(tokenId);
    }

    @Scheduled(every = "10s", delayed = "10s")
    public Uni<Void> tell() {
        Set<Long> ids = Set.copyOf(used);
        used.removeAll(ids);
        return ids.isEmpty() ? Uni.createFrom().voidItem()
                : Panache.withTransaction(() -> tokens.used(ids, clock.instant()))
                        .onFailure().invoke(() -> used.addAll(ids));
    }
}
