package io.gatehouse.journal.keeping;

import java.util.Set;

import io.gatehouse.journal.masking.Masks;
import io.gatehouse.kernel.Problem;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** How much is recorded of each server. Works in the caller's transaction; the caller has checked that it may. */
@Singleton
public class Recordings implements PanacheRepository<RecordingEntity> {

    private static final int MOST_FIELDS = 200;
    private static final int LONGEST_FIELD = 100;

    /** What was never configured is recorded whole. */
    public Uni<Recording> of(long serverId) {
        return findById(serverId).map(row -> row == null ? Recording.ALL : row.toRecording());
    }

    public Uni<Recording> replace(long serverId, Recording recording) {
        check(recording.maskedFields());
        return findById(serverId).chain(row -> {
            RecordingEntity kept = row == null ? new RecordingEntity() : row;
            kept.serverId = serverId;
            kept.set(recording);
            return row == null ? persist(kept) : Uni.createFrom().item(kept);
        }).chain(this::flush).replaceWith(recording);
    }

    private static void check(Set<String> fields) {
        if (fields.size() > MOST_FIELDS || fields.stream().anyMatch(name -> name.length() > LONGEST_FIELD
                || Masks.plain(name).isEmpty())) {
            throw Problem.invalidField("masked_fields", "invalid_field_value",
                    "masked_fields: at most " + MOST_FIELDS + " names of up to " + LONGEST_FIELD + " characters");
        }
    }
}
