package io.gatehouse.servers;

import java.time.Instant;

import org.hibernate.annotations.Formula;

import io.gatehouse.upstreams.Registrations.Dependent;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

@Entity
@Table(name = "mcp_server")
class ServerEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    String objectId;
    long workspaceId;
    long projectId;
    long folderId;
    String handle;
    String name;
    String description;
    String icons;
    String relativeUri;
    boolean enabled;
    String oauth;
    String sealedClientSecret;
    boolean needsTools;
    @Enumerated(EnumType.STRING)
    AuthenticationMethod authenticationMethod;
    Instant createdAt;
    Instant updatedAt;
    Instant deletedAt;
    Instant purgeAfter;
    @Version
    int version;
    Long upstreamId;
    @Formula("(select count(*) from server_tool t where t.server_id = id)"
            + " + (select count(*) from upstream_tool u where u.upstream_id = upstream_id and u.status <> 'GONE')")
    int toolCount;

    /** As what needs an upstream. */
    Dependent toDependent() {
        return new Dependent(objectId, name, projectId, deletedAt != null);
    }
}
