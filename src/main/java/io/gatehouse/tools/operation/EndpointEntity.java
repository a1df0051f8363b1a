package io.gatehouse.tools.operation;

import java.time.Instant;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.plan.HttpAction;
import io.gatehouse.plan.HttpOperation;
import io.gatehouse.platform.database.StoredJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

@Entity
@Table(name = "api_endpoint")
@RegisterForReflection(targets = { HttpOperation.class, HttpOperation.Parameter.class, HttpOperation.Body.class,
        HttpOperation.Part.class })
class EndpointEntity {

    private static final TypeReference<HttpOperation> OPERATION = new TypeReference<>() {
    };

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "catalogue")
    @SequenceGenerator(name = "catalogue", sequenceName = "catalogue_seq", allocationSize = 50)
    Long id;
    String objectId;
    long workspaceId;
    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "collection_id")
    CollectionEntity collection;
    String name;
    String title;
    String description;
    String method;
    String path;
    String baseUrl;
    String operation;
    String inputSchema;
    String refusal;
    boolean enabled;
    Instant createdAt;
    @Version
    int version;

    Endpoint toEndpoint() {
        return new Endpoint(id, objectId, collection.id, collection.projectId, name, title, description, method, path,
                inputSchema, refusal,
                enabled, createdAt);
    }

    /** @param override the base URL of the connection, which counts for every operation, or null */
    EndpointPlan toPlan(String override) {
        String own = baseUrl != null ? baseUrl : collection.baseUrl;
        HttpAction action = new HttpAction(StoredJson.read(operation, OPERATION), override != null ? override : own,
                collection.connectionId);
        return new EndpointPlan(id, collection.id, title, description, inputSchema, action);
    }
}
