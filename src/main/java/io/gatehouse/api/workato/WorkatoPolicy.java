package io.gatehouse.api.workato;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Problem;
import io.gatehouse.policies.Policy;

/** The policy of a server in this dialect; a limit that is not there is none. */
@Schema(name = "ServerPolicy", description = "What limits the traffic of an MCP server")
@JsonNaming(SnakeCaseStrategy.class)
public record WorkatoPolicy(RateLimit rateLimit, QuotaLimit quotaLimit,
        @Schema(description = "Addresses and CIDR ranges; empty for everybody", examples = "[\"10.1.0.0/16\"]") List<String> ipAllowlist,
        @Schema(description = "The same; it wins over the allowlist") List<String> ipDenylist) {

    private static final String RATE_LIMIT = "rate_limit";
    private static final String QUOTA_LIMIT = "quota_limit";

    /** How often within a minute and within an hour; both hold at once. */
    @Schema(name = "RateLimit")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RateLimit(@Schema(minimum = "1", examples = "60") Integer requestsPerMinute,
            @Schema(minimum = "1") Integer requestsPerHour) {
    }

    /** How often within a calendar month. */
    @Schema(name = "QuotaLimit")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QuotaLimit(@Schema(minimum = "1", examples = "100000") Integer requestsPerMonth) {
    }

    static WorkatoPolicy of(Policy policy) {
        return new WorkatoPolicy(new RateLimit(policy.requestsPerMinute(), policy.requestsPerHour()),
                new QuotaLimit(policy.requestsPerMonth()), policy.ipAllowlist(), policy.ipDenylist());
    }

    /** The present policy with what the request says: what it leaves out stays, null clears, the rest is taken whole. */
    static Policy merge(Policy present, JsonNode body) {
        if (body == null || !body.isObject()) {
            throw Problem.malformed("invalid_json", "A JSON object is needed as the body");
        }
        Faults faults = new Faults();
        JsonFields fields = JsonFields.of(body, faults);
        JsonFields rate = fields.object(RATE_LIMIT);
        JsonFields quota = fields.object(QUOTA_LIMIT);
        Integer perMinute = rate == null ? null : rate.integer("requests_per_minute");
        Integer perHour = rate == null ? null : rate.integer("requests_per_hour");
        Integer perMonth = quota == null ? null : quota.integer("requests_per_month");
        List<String> allowed = fields.texts("ip_allowlist");
        List<String> denied = fields.texts("ip_denylist");
        faults.raise();
        boolean hasRate = fields.names(RATE_LIMIT);
        return new Policy(hasRate ? perMinute : present.requestsPerMinute(),
                hasRate ? perHour : present.requestsPerHour(),
                fields.names(QUOTA_LIMIT) ? perMonth : present.requestsPerMonth(),
                fields.names("ip_allowlist") ? allowed : present.ipAllowlist(),
                fields.names("ip_denylist") ? denied : present.ipDenylist());
    }
}
