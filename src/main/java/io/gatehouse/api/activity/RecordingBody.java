package io.gatehouse.api.activity;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.JsonFields;
import io.gatehouse.journal.keeping.Recording;
import io.gatehouse.kernel.Faults;

/** How much the log of a server tells. */
@Schema(description = "masked_fields names members whose values are never recorded, by the end of their names, beside those of the deployment.")
public record RecordingBody(boolean inputs, boolean outputs, @JsonProperty("masked_fields") List<String> maskedFields) {

    static RecordingBody of(Recording recording) {
        return new RecordingBody(recording.inputs(), recording.outputs(), List.copyOf(new TreeSet<>(recording.maskedFields())));
    }

    /** What is left out stays. */
    static Recording merge(Recording present, JsonNode body) {
        Faults faults = new Faults();
        JsonFields fields = JsonFields.of(body, faults);
        boolean inputs = fields.flag("inputs", present.inputs());
        boolean outputs = fields.flag("outputs", present.outputs());
        Set<String> masked = fields.names("masked_fields") ? new TreeSet<>(fields.texts("masked_fields"))
                : present.maskedFields();
        faults.raise();
        return new Recording(inputs, outputs, masked);
    }
}
