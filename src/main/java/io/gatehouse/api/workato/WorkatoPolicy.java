package io.gatehouse.api.workato;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Faults;
import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.Rates;
import io.gatehouse.policies.Policy;

/**
 * The policy of a server in this dialect; a limit that is not there is none. What the dialect has no words for is there only
 * where it is set.
 */
@Schema(name = "ServerPolicy", description = "What limits the traffic of an MCP server")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkatoPolicy(RateLimit rateLimit, QuotaLimit quotaLimit,
        @Schema(description = "Addresses and CIDR ranges; empty for everybody", examples = "[\"10.1.0.0/16\"]") List<String> ipAllowlist,
        @Schema(description = "The same; it wins over the allowlist") List<String> ipDenylist,
        @Schema(minimum = "1", description = "Calls that may be under way at one time") Integer maxConcurrentCalls,
        @Schema(description = "For each caller by itself") CallLimits callerLimits,
        @Schema(description = "For each tool by itself, by its name; * for each that is not named") Map<String, CallLimits> toolLimits,
        @Schema(enumeration = {
                REFUSE,
                TELL }, defaultValue = REFUSE, description = "What becomes of a call over a limit: HTTP 429, or a tool result that tells the model") String onLimit,
        @Schema(enumeration = { REFUSE,
                ALLOW }, defaultValue = REFUSE, description = "What becomes of calls while they can't be counted") String whenUnavailable){

    private static final String REFUSE = "refuse";
    private static final String TELL = "tell_model";
    private static final String ALLOW = "allow";

    private static final String PER_MINUTE = "requests_per_minute";
    private static final String PER_HOUR = "requests_per_hour";
    private static final String PER_MONTH = "requests_per_month";
    private static final String AT_ONCE = "max_concurrent_calls";

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

    /** All limits of a part of the calls; they hold at once. */
    @Schema(name = "CallLimits")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CallLimits(@Schema(minimum = "1", examples = "10") Integer requestsPerMinute,
            @Schema(minimum = "1") Integer requestsPerHour, @Schema(minimum = "1") Integer requestsPerMonth,
            @Schema(minimum = "1") Integer maxConcurrentCalls) {

        private static CallLimits of(Rates rates) {
            return new CallLimits(rates.requestsPerMinute(), rates.requestsPerHour(), rates.requestsPerMonth(),
                    rates.maxConcurrentCalls());
        }
    }

    static WorkatoPolicy of(Policy policy) {
        Rates server = policy.server();
        Map<String, CallLimits> tools = new LinkedHashMap<>();
        policy.tools().forEach((name, rates) -> tools.put(name, CallLimits.of(rates)));
        return new WorkatoPolicy(new RateLimit(server.requestsPerMinute(), server.requestsPerHour()),
                new QuotaLimit(server.requestsPerMonth()), policy.ipAllowlist(), policy.ipDenylist(),
                server.maxConcurrentCalls(), policy.caller().equals(Rates.NONE) ? null : CallLimits.of(policy.caller()),
                tools.isEmpty() ? null : tools, policy.tellsModel() ? TELL : null, policy.admitsUncounted() ? ALLOW : null);
    }

    /** The present policy with what the request says: what it leaves out stays, null clears, the rest is taken whole. */
    public static Policy merge(Policy present, JsonNode body) {
        if (body == null || !body.isObject()) {
            throw Problem.malformed("invalid_json", "A JSON object is needed as the body");
        }
        Faults faults = new Faults();
        JsonFields fields = JsonFields.of(body, faults);
        Policy merged = new Policy(server(present.server(), fields),
                fields.names("caller_limits") ? rates(fields.object("caller_limits")) : present.caller(),
                fields.names("tool_limits") ? tools(fields) : present.tools(),
                fields.names("ip_allowlist") ? fields.texts("ip_allowlist") : present.ipAllowlist(),
                fields.names("ip_denylist") ? fields.texts("ip_denylist") : present.ipDenylist(),
                fields.names("on_limit") ? TELL.equals(fields.word("on_limit", Set.of(REFUSE, TELL))) : present.tellsModel(),
                fields.names("when_unavailable")
                        ? ALLOW.equals(fields.word("when_unavailable", Set.of(REFUSE, ALLOW)))
                        : present.admitsUncounted());
        faults.raise();
        return merged;
    }

    private static Rates server(Rates present, JsonFields fields) {
        JsonFields rate = fields.object("rate_limit");
        JsonFields quota = fields.object("quota_limit");
        boolean hasRate = fields.names("rate_limit");
        return new Rates(hasRate ? integer(rate, PER_MINUTE) : present.requestsPerMinute(),
                hasRate ? integer(rate, PER_HOUR) : present.requestsPerHour(),
                fields.names("quota_limit") ? integer(quota, PER_MONTH) : present.requestsPerMonth(),
                fields.names(AT_ONCE) ? fields.integer(AT_ONCE) : present.maxConcurrentCalls());
    }

    private static Integer integer(JsonFields fields, String name) {
        return fields == null ? null : fields.integer(name);
    }

    private static Map<String, Rates> tools(JsonFields fields) {
        Map<String, Rates> tools = new LinkedHashMap<>();
        fields.members("tool_limits").forEach((name, limits) -> tools.put(name, rates(limits)));
        return tools;
    }

    private static Rates rates(JsonFields limits) {
        return limits == null ? Rates.NONE
                : new Rates(limits.only(Set.of(PER_MINUTE, PER_HOUR, PER_MONTH, AT_ONCE)).integer(PER_MINUTE),
                        limits.integer(PER_HOUR), limits.integer(PER_MONTH), limits.integer(AT_ONCE));
    }
}
