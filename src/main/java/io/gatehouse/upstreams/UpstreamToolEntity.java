package io.gatehouse.upstreams;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

@Entity
@Table(name = "upstream_tool")
class UpstreamToolEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "upstream_catalogue")
    @SequenceGenerator(name = "upstream_catalogue", sequenceName = "catalogue_seq", allocationSize = 50)
    Long id;
    String objectId;
    long upstreamId;
    String upstreamName;
    String name;
    String title;
    String description;
    boolean enabled;
    @Enumerated(EnumType.STRING)
    ToolStatus status;
    String approvedDigest;
    String approvedDefinition;
    String observedDigest;
    String observedDefinition;
    String looksLike;
    Instant firstSeenAt;
    Instant changedAt;
    Instant approvedAt;
    String approvedBy;

    /** The upstream has it like this now. */
    void seen(SeenTool tool, Instant when) {
        title = tool.title();
        observedDigest = tool.digest();
        changedAt = when;
        if (tool.digest().equals(approvedDigest)) {
            status = ToolStatus.CURRENT;
            observedDefinition = null;
        } else {
            status = approvedDigest == null ? ToolStatus.NEW : ToolStatus.CHANGED;
            observedDefinition = tool.definition();
        }
    }

    void gone(Instant when) {
        status = ToolStatus.GONE;
        observedDigest = null;
        observedDefinition = null;
        changedAt = when;
    }

    /** What was seen last is good from now on. */
    void approve(Instant when, String who) {
        if (observedDefinition != null) {
            approvedDefinition = observedDefinition;
            approvedDigest = observedDigest;
            observedDefinition = null;
        }
        status = ToolStatus.CURRENT;
        looksLike = null;
        approvedAt = when;
        approvedBy = who;
    }

    /** Whether agents get it, once the upstream lists it. */
    boolean isServed(ChangePolicy policy, boolean allowed) {
        return enabled && allowed && policy.serves(status, looksLike);
    }

    /** As it is now, or was last. */
    String definition() {
        return observedDefinition == null ? approvedDefinition : observedDefinition;
    }
}
