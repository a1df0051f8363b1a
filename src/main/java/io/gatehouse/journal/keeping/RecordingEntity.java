package io.gatehouse.journal.keeping;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.type.TypeReference;

import io.gatehouse.platform.database.StoredJson;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "activity_setting")
class RecordingEntity {

    private static final TypeReference<Set<String>> NAMES = new TypeReference<>() {
    };

    @Id
    long serverId;
    boolean inputs;
    boolean outputs;
    String maskedFields;

    Recording toRecording() {
        return new Recording(inputs, outputs, StoredJson.read(maskedFields, NAMES));
    }

    void set(Recording recording) {
        inputs = recording.inputs();
        outputs = recording.outputs();
        maskedFields = StoredJson.write(List.copyOf(recording.maskedFields()));
    }
}
