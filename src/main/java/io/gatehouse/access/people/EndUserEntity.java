package io.gatehouse.access.people;

import java.time.Instant;
import java.util.List;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "end_user")
class EndUserEntity {

    /** What makes e-mail addresses unique. */
    static final String UNIQUE_EMAIL = "end_user_email";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;
    long workspaceId;
    String name;
    String email;
    boolean active;
    /** The digest in the PHC format, or null. */
    String password;
    String sealedSecondFactor;
    Long secondFactorStep;
    int epoch = 1;
    Instant createdAt;
    Instant updatedAt;

    EndUser toEndUser(List<Long> groupIds) {
        return new EndUser(id, name, email, active, password != null, sealedSecondFactor != null, epoch, groupIds, createdAt,
                updatedAt);
    }
}
