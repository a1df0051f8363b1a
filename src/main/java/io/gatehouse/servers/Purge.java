package io.gatehouse.servers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.gatehouse.access.clients.ApiClients;
import io.gatehouse.access.oauth.upkeep.Upkeep;
import io.gatehouse.access.people.Invitations;
import io.gatehouse.access.people.SignIns;
import io.gatehouse.access.signin.BrowserSessions;
import io.gatehouse.access.sso.Journeys;
import io.gatehouse.access.tokens.McpTokens;
import io.gatehouse.platform.Role;
import io.gatehouse.platform.jobs.Lease;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Removes for good what was deleted long enough ago; one replica at a time does it. */
@Singleton
public class Purge {

    private static final Duration KEPT = Duration.ofDays(30);

    private final RecycleBin bin;
    private final McpTokens tokens;
    private final ApiClients clients;
    private final SignIns signIns;
    private final BrowserSessions sessions;
    private final Journeys journeys;
    private final Invitations invitations;
    private final Upkeep upkeep;
    private final Lease lease;
    private final Role role;
    private final Clock clock;

    @Inject
    Purge(RecycleBin bin, McpTokens tokens, ApiClients clients, SignIns signIns, BrowserSessions sessions,
            Invitations invitations, Journeys journeys, Upkeep upkeep, Lease lease, Role role, Clock clock) {
        this.bin = bin;
        this.tokens = tokens;
        this.clients = clients;
        this.signIns = signIns;
        this.sessions = sessions;
        this.journeys = journeys;
        this.invitations = invitations;
        this.upkeep = upkeep;
        this.lease = lease;
        this.role = role;
        this.clock = clock;
    }

    /** What one transaction leaves over, the next takes. */
    @Scheduled(every = "{gatehouse.purge.every}", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> run() {
        return !role.servesControl() ? Uni.createFrom().voidItem()
                : lease.alone("purge", bin::purge).chain(() -> lease.alone("purge-tokens", this::tokens))
                        .chain(signIns::purge).chain(sessions::purge).chain(journeys::purge).chain(invitations::purge)
                        .chain(upkeep::purge);
    }

    private Uni<Integer> tokens() {
        Instant before = clock.instant().minus(KEPT);
        return tokens.purge(before).chain(() -> clients.purge(before));
    }
}
