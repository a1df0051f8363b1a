package io.gatehouse.access.people;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "user_group")
class UserGroupEntity {

    /** What makes names unique. */
    static final String UNIQUE_NAME = "user_group_name";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    String name;
    String description;
    Instant createdAt;
    Instant updatedAt;

    UserGroup toUserGroup(long members) {
        return new UserGroup(id, name, description, members, createdAt, updatedAt);
    }
}
