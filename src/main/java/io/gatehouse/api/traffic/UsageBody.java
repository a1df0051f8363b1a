package io.gatehouse.api.traffic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.gatehouse.plan.CallLimit.Part;
import io.gatehouse.policies.Count;

/** How the limits of an MCP server stand. */
@Schema(name = "ServerUsage")
public record UsageBody(@Schema(description = "Of all calls together") List<Standing> server,
        @Schema(description = "Of each tool by itself") List<OfTool> tools,
        @Schema(description = "Of each caller by itself") List<OfCaller> callers) {

    /** One limit. */
    @Schema(name = "LimitUsage")
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Standing(@Schema(examples = "rate_limit.requests_per_minute") String limit, long capacity,
            @Schema(description = "How many calls were counted in the present window, or are under way") long used, long left,
            @Schema(description = "In how many seconds the window ends; left out for calls under way", examples = "34") Long reset) {
    }

    /** The limits of one tool. */
    @Schema(name = "ToolUsage")
    public record OfTool(@Schema(examples = "find_order") String tool, List<Standing> limits) {
    }

    /** The limits of one caller. */
    @Schema(name = "CallerUsage")
    public record OfCaller(@Schema(examples = "token:7") String caller, List<Standing> limits) {
    }

    static UsageBody of(List<Count> counts) {
        Map<String, List<Standing>> tools = new LinkedHashMap<>();
        Map<String, List<Standing>> callers = new LinkedHashMap<>();
        List<Standing> server = new ArrayList<>();
        for (Count count : counts) {
            List<Standing> where = count.of() == null ? server
                    : (count.limit().part() == Part.TOOL ? tools : callers).computeIfAbsent(count.of(),
                            name -> new ArrayList<>());
            long capacity = count.limit().capacity();
            where.add(new Standing(count.limit().rule(), capacity, capacity - count.left(), count.left(),
                    count.reset() == null ? null : Math.max(1, count.reset().toSeconds())));
        }
        return new UsageBody(server,
                tools.entrySet().stream().map(entry -> new OfTool(entry.getKey(), entry.getValue())).toList(),
                callers.entrySet().stream().map(entry -> new OfCaller(entry.getKey(), entry.getValue())).toList());
    }
}
