package io.gatehouse.api.activity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Faults;

/** For how long the workspace keeps its activity log. */
public record RetentionBody(@JsonProperty("retention_days") int retentionDays) {

    /** @return null for what the deployment has */
    static Integer days(JsonNode body) {
        Faults faults = new Faults();
        JsonFields fields = JsonFields.of(body, faults);
        Integer days = fields.integer("retention_days");
        if (!fields.names("retention_days")) {
            faults.add("retention_days", "missing_required_field", "retention_days: a number of days, or null");
        }
        faults.raise();
        return days;
    }
}
