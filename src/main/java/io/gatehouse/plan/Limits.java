package io.gatehouse.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.gatehouse.plan.CallLimit.Part;

/**
 * How much traffic a server takes, and from where.
 *
 * @param server of all calls together
 * @param caller of each caller's calls by themselves
 * @param tools of each tool's calls by themselves, by name; those of {@value #OTHERS} hold for each that is not named
 * @param allowed addresses and CIDR ranges; empty for everybody
 * @param denied the same; it wins
 * @param tellsModel whether a limit is told to the model, in place of a refusal by HTTP
 * @param admitsUncounted whether calls go on while they can't be counted
 */
public record Limits(Rates server, Rates caller, Map<String, Rates> tools, List<String> allowed, List<String> denied,
        boolean tellsModel, boolean admitsUncounted) {

    /** In the place of a tool's name. */
    public static final String OTHERS = "*";

    public static final Limits NONE = new Limits(Rates.NONE, Rates.NONE, Map.of(), List.of(), List.of(), false, false);

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_KEPT = 300;

    /** What is before the subject in the keys of callers. */
    public static String callerPrefix(long serverId) {
        return serverKey(serverId) + "/caller:";
    }

    private static String serverKey(long serverId) {
        return "server:" + serverId;
    }

    /** For every call. */
    public List<CallLimit> ofServer(long serverId) {
        return server.limits(Part.SERVER, "", serverKey(serverId));
    }

    /** For every call of a tool. */
    public List<CallLimit> ofTool(long serverId, String name) {
        Rates own = tools.get(name);
        Rates rates = own != null ? own : tools.getOrDefault(OTHERS, Rates.NONE);
        String shown = isToolName(name) ? name : OTHERS;
        return rates.limits(Part.TOOL, "tool_limits." + shown + ".", serverKey(serverId) + "/tool:" + bounded(name));
    }

    /** For every call of a caller. */
    public List<CallLimit> ofCaller(long serverId, String subject) {
        return caller.limits(Part.CALLER, "caller_limits.", callerPrefix(serverId) + bounded(subject));
    }

    /** Whether there is any but those of addresses. */
    public boolean concernCalls() {
        return !server.equals(Rates.NONE) || !caller.equals(Rates.NONE) || !tools.isEmpty();
    }

    /** Whether this can be a tool's name in MCP. */
    public static boolean isToolName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && text.chars().allMatch(
                c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.');
    }

    /** Others choose these: what is long or strange counts under its digest, which begins as no plain one does. */
    private static String bounded(String text) {
        if (text.equals(OTHERS)
                || !text.isEmpty() && text.length() <= LONGEST_KEPT
                        && text.charAt(0) != '*'
                        && text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return text;
        }
        try {
            return "*" + HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
