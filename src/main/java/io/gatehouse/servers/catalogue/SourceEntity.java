package io.gatehouse.servers.catalogue;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

import org.hibernate.annotations.Formula;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.platform.database.StoredJson;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "server_source")
class SourceEntity {

    private static final TypeReference<Set<Long>> IDS = new TypeReference<>() {
    };

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long serverId;
    long upstreamId;
    @Formula("(select u.object_id from upstream u where u.id = upstream_id)")
    String upstreamObjectId;
    String prefix;
    String takenOff;
    Instant createdAt;

    void takeOff(Set<Long> toolIds) {
        Set<Long> all = new LinkedHashSet<>(takenOff());
        all.addAll(toolIds);
        takenOff = StoredJson.write(all);
    }

    Set<Long> takenOff() {
        return takenOff == null ? Set.of() : StoredJson.read(takenOff, IDS);
    }

    Source toSource() {
        return new Source(id, serverId, upstreamId, upstreamObjectId, prefix, takenOff());
    }
}
