package io.gatehouse.gateway.protocol;

import java.util.Set;

/** The methods that are answered. */
public final class Methods {

    public static final String INITIALIZE = "initialize";
    public static final String PING = "ping";
    public static final String DISCOVER = "server/discover";
    public static final String LIST_TOOLS = "tools/list";
    public static final String CALL_TOOL = "tools/call";
    static final String LIST_PROMPTS = "prompts/list";
    public static final String GET_PROMPT = "prompts/get";
    static final String COMPLETE = "completion/complete";
    static final String LISTEN = "subscriptions/listen";
    public static final String CANCELLED = "notifications/cancelled";

    private static final Set<String> KNOWN = Set.of(INITIALIZE, PING, DISCOVER, LIST_TOOLS, CALL_TOOL,
            LIST_PROMPTS, GET_PROMPT, "resources/list", "resources/templates/list", "resources/read", COMPLETE,
            LISTEN, CANCELLED, "notifications/initialized", "none");

    private Methods() {
    }

    /** The method if it is known, so that strangers do not make metrics and log lines. */
    public static String known(String method) {
        return method != null && KNOWN.contains(method) ? method : "other";
    }
}
