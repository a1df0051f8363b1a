package io.gatehouse.api.streaming;

import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.journal.siem.DeadLetter;

/** An entry that a destination refuses. */
@Schema(name = "LogDeadLetter")
@JsonNaming(SnakeCaseStrategy.class)
public record DeadLetterBody(long id, String eventId, String log, Instant timestamp, String reason, Instant refusedAt,
        @Schema(description = "Whether it is about to be tried again") boolean retrying,
        @JsonRawValue @Schema(implementation = Object.class) String event) {

    /** The newest first. */
    @Schema(name = "LogDeadLetterList", description = "While next_page is true, page[before] goes on at before.")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Page(List<DeadLetterBody> items, boolean nextPage, Long before) {

        static Page of(List<DeadLetter> letters, int size) {
            List<DeadLetterBody> items = letters.stream().limit(size).map(DeadLetterBody::of).toList();
            boolean isMore = letters.size() > size;
            return new Page(items, isMore, isMore ? items.get(size - 1).id() : null);
        }
    }

    /** How many were concerned. */
    @Schema(name = "LogDeadLetterCount")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Count(int deadLetters) {
    }

    static DeadLetterBody of(DeadLetter letter) {
        return new DeadLetterBody(letter.id(), letter.eventId(), letter.log(), letter.at(), letter.reason(),
                letter.refusedAt(), letter.again(), letter.event());
    }
}
