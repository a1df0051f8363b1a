package io.gatehouse.api.traffic;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import io.gatehouse.policies.Rehearsal;
import io.gatehouse.servers.ServerPolicies;

/** What a policy would have made of recorded calls. */
@Schema(name = "PolicyTrial")
public record RehearsalBody(@Schema(description = "Since when calls were looked at") Instant from,
        @Schema(description = "Up to when; earlier than now where there were more than a million") Instant to,
        @Schema(description = "How many there were") int calls,
        @Schema(description = "How many of them it would have refused") int refused,
        @Schema(description = "How many of those each rule would have refused first") Map<String, Integer> rules,
        @Schema(description = "Whose they are, the most refused first; a hundred at most") List<OfCaller> callers) {

    private static final int MOST_SHOWN = 100;

    /** The calls of one caller. */
    @Schema(name = "PolicyTrialOfCaller")
    public record OfCaller(@Schema(examples = "user:12") String caller, String name, int calls, int refused) {
    }

    static RehearsalBody of(ServerPolicies.Rehearsed rehearsed) {
        Rehearsal.Outcome outcome = rehearsed.outcome();
        return new RehearsalBody(rehearsed.from(), rehearsed.to(), outcome.calls(), outcome.refused(), outcome.rules(),
                outcome.callers().stream().limit(MOST_SHOWN)
                        .map(part -> new OfCaller(part.caller(), part.name(), part.calls(), part.refused())).toList());
    }
}
