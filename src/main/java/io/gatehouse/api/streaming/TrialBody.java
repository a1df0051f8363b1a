package io.gatehouse.api.streaming;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.journal.siem.DeadLetterOffice.Trial;

/** What came of a test event. */
@Schema(name = "LogDestinationTest", description = "answer is what the destination said; error is why the event is not there.")
@JsonNaming(SnakeCaseStrategy.class)
public record TrialBody(boolean delivered, String eventId, String answer, String error, long durationMs) {

    static TrialBody of(Trial trial) {
        return new TrialBody(trial.delivered(), trial.eventId(), trial.answer(), trial.error(), trial.durationMillis());
    }
}
