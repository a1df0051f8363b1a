package io.gatehouse.access.clients;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.hibernate.annotations.BatchSize;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

@Entity
@Table(name = "administrator")
class AdministratorEntity {

    @Id
    long userId;
    long workspaceId;
    @ManyToOne(fetch = FetchType.EAGER, optional = false)
    @JoinColumn(name = "role_id")
    RoleEntity role;
    boolean allProjects;
    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "administrator_project", joinColumns = @JoinColumn(name = "user_id"))
    @Column(name = "project_id")
    @BatchSize(size = 100)
    Set<Long> projects = new HashSet<>();
    Instant createdAt;
    Instant updatedAt;

    /** Whether the person may do everything, everywhere. */
    boolean isFull() {
        return allProjects && role.hasAll();
    }
}
