package io.gatehouse.journal.activity;

/** The kinds of calls that people tell apart. */
final class LogType {

    private LogType() {
    }

    /** @param method of JSON-RPC, or another word for how the message came in */
    static String of(String method) {
        return switch (method) {
            case "tools/call" -> "tool_call";
            case "tools/list" -> "tool_list";
            case "prompts/list", "prompts/get" -> "prompt";
            case "initialize", "server/discover", "ping" -> "discovery";
            case "GET", "subscriptions/listen" -> "stream";
            default -> method.startsWith("notifications/") ? "notification" : method.equals("gap") ? "gap" : "other";
        };
    }
}
