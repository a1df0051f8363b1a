package io.gatehouse.servers;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.tools.operation.Endpoint;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@RegisterForReflection(targets = ToolAnnotations.class)
@Table(name = "server_tool")
class ServerToolEntity {

    private static final TypeReference<ToolAnnotations> ANNOTATIONS = new TypeReference<>() {
    };

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long serverId;
    long endpointId;
    String name;
    String description;
    int position;
    boolean enabled;
    String annotations;
    String overrides;
    Instant createdAt;

    static List<Long> endpoints(List<ServerToolEntity> rows) {
        return rows.stream().map(row -> row.endpointId).toList();
    }

    ServerTool toTool(Endpoint endpoint) {
        return new ServerTool(endpoint.id(), endpoint.objectId(), name, endpoint.title() == null ? name : endpoint.title(),
                description == null ? endpoint.description() : description, endpoint.description(), enabled,
                endpoint.enabled(), annotations(), overrides, null);
    }

    /** @return null for none */
    ToolAnnotations annotations() {
        return annotations == null ? null : StoredJson.read(annotations, ANNOTATIONS);
    }
}
