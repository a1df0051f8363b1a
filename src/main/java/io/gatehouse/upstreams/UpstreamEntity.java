package io.gatehouse.upstreams;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.plan.Upstream;
import io.gatehouse.platform.database.StoredJson;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "upstream")
class UpstreamEntity {

    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {
    };

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    String objectId;
    long workspaceId;
    long projectId;
    String name;
    String url;
    Long connectionId;
    boolean ownsConnection;
    boolean standsAlone;
    long timeoutMillis;
    String allowedTools;
    @Enumerated(EnumType.STRING)
    ChangePolicy changePolicy;
    @Enumerated(EnumType.STRING)
    Upstream.Era era;
    String card;
    @Enumerated(EnumType.STRING)
    State state;
    String stateDetail;
    Instant stateSince;
    Instant checkedAt;
    Instant claimedAt;
    Instant createdAt;
    Instant updatedAt;

    Target target() {
        return new Target(URI.create(url), connectionId, Duration.ofMillis(timeoutMillis));
    }

    AllowedTools allowed() {
        return allowedTools == null ? AllowedTools.ALL : new AllowedTools(StoredJson.read(allowedTools, NAMES));
    }

    void allow(AllowedTools allowed) {
        allowedTools = allowed.areAll() ? null : StoredJson.write(allowed.names());
    }

    void set(State now, String detail, Instant when) {
        stateSince = state == now ? stateSince : when;
        state = now;
        stateDetail = detail;
        checkedAt = when;
    }

    Upstream toUpstream() {
        return new Upstream(id, name, URI.create(url), connectionId, Duration.ofMillis(timeoutMillis), era, card);
    }
}
