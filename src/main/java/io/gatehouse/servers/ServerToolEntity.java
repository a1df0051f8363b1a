package io.gatehouse.servers;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.servers.catalogue.CatalogueIds;
import io.gatehouse.servers.catalogue.CatalogueTool;
import io.gatehouse.servers.catalogue.Icon;
import io.gatehouse.servers.catalogue.ToolAnnotations;
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
    Long endpointId;
    Long upstreamToolId;
    Long sourceId;
    String name;
    String description;
    int position;
    boolean enabled;
    String annotations;
    String icons;
    String overrides;
    Instant createdAt;

    static CatalogueIds ids(Collection<ServerToolEntity> rows) {
        return new CatalogueIds(rows.stream().map(row -> row.endpointId).filter(Objects::nonNull).distinct().toList(),
                rows.stream().map(row -> row.upstreamToolId).filter(Objects::nonNull).distinct().toList());
    }

    /** Of the catalogue entry. */
    long toolId() {
        return endpointId == null ? upstreamToolId : endpointId;
    }

    void link(CatalogueTool tool) {
        switch (tool.source().kind()) {
            case OPERATION -> endpointId = tool.id();
            case UPSTREAM_TOOL -> upstreamToolId = tool.id();
        }
    }

    ServerTool toTool(CatalogueTool tool) {
        String own = tool.recorded() == null ? tool.description() : tool.recorded().originalDescription();
        return new ServerTool(tool.id(), tool.objectId(), tool.source().kind(), name,
                tool.title() == null ? name : tool.title(), description == null ? tool.description() : description,
                own == null ? "" : own, enabled, tool.active(), Icon.read(icons),
                tool.recorded());
    }

    ServerDefinition.Tool toDefinition(CatalogueTool.Place place) {
        return new ServerDefinition.Tool(place.objectId(), name, enabled, annotations(), Icon.read(icons),
                overrides);
    }

    /** @return null for none */
    ToolAnnotations annotations() {
        return annotations == null ? null : StoredJson.read(annotations, ANNOTATIONS);
    }
}
