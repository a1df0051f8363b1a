package io.gatehouse.access;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "folder")
class FolderEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    String objectId;
    long workspaceId;
    long projectId;
    Long parentId;
    String name;
    String description;
    Instant createdAt;
    Instant updatedAt;

    Folder toFolder() {
        return new Folder(id, objectId, projectId, parentId, name, description, createdAt, updatedAt);
    }
}
