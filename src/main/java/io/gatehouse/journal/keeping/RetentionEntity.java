package io.gatehouse.journal.keeping;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "activity_retention")
class RetentionEntity {

    @Id
    long workspaceId;
    int days;
}
