package io.gatehouse.gateway.limits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gatehouse.plan.CallLimit;
import io.gatehouse.plan.CallLimit.Period;
import io.gatehouse.plan.Limits;
import io.gatehouse.plan.Rates;
import io.gatehouse.plan.RemotePlan;
import io.gatehouse.plan.ServerPlan;
import io.gatehouse.plan.ToolPlan;

/**
 * The limits of one server, ready for each call. Only tools that the server is known to have count by their names, for
 * anybody can invent names; those that pass unseen to another server count together.
 */
public final class ServerLimits {

    private final long serverId;
    private final Limits limits;
    private final Map<String, Toll> byTool = new HashMap<>();
    private final Toll others;
    private final Quota quota;

    private ServerLimits(ServerPlan plan) {
        this.serverId = plan.serverId();
        this.limits = plan.limits();
        List<CallLimit> server = limits.ofServer(serverId);
        Toll ofServer = Toll.of(server);
        boolean open = plan.remote() != null && plan.remote().open();
        (open ? Stream.concat(names(plan), limits.tools().keySet().stream()) : names(plan)).forEach(name -> {
            List<CallLimit> tool = limits.ofTool(serverId, name);
            byTool.put(name, tool.isEmpty() ? ofServer : ofServer.and(Toll.of(tool)));
        });
        this.others = open ? byTool.getOrDefault(Limits.OTHERS, ofServer) : ofServer;
        this.quota = server.stream().filter(rule -> rule.period() == Period.MONTH).findFirst().map(Quota::new).orElse(null);
    }

    /** @return null for none */
    public static ServerLimits of(ServerPlan plan) {
        return plan.limits().concernCalls() ? new ServerLimits(plan) : null;
    }

    private static Stream<String> names(ServerPlan plan) {
        return plan.limits().tools().isEmpty() ? Stream.empty()
                : plan.remote() == null ? plan.tools().stream().map(ToolPlan::name)
                        : plan.remote().tools().stream().filter(RemotePlan.Tool::served).map(RemotePlan.Tool::name);
    }

    /** What a call counts against. */
    public Toll toll(String tool, String subject) {
        Toll toll = byTool.getOrDefault(tool, others);
        return limits.caller().equals(Rates.NONE) ? toll : toll.and(Toll.of(limits.ofCaller(serverId, subject)));
    }

    /** All calls of the month, which ends everything else too; null where there is no such limit. */
    public Quota quota() {
        return quota;
    }

    public boolean tellsModel() {
        return limits.tellsModel();
    }

    public boolean admitsUncounted() {
        return limits.admitsUncounted();
    }
}
