package io.gatehouse.plan;

import java.util.List;

/**
 * What a proxy server stands for.
 *
 * @param open whether tools that are not among these pass too, as they are
 * @param tools that are known of the upstream, names unique
 */
public record RemotePlan(Upstream upstream, boolean open, List<Tool> tools) {

    /**
     * A tool of the upstream as this server serves it.
     *
     * @param upstreamName as the upstream calls it
     * @param name as agents call it
     * @param description in place of the upstream's, or null
     * @param digest {@link ToolDigest} of the only definition that may be served; null for any
     * @param served whether it is listed and may be called at all
     * @param headers the arguments that the upstream wants repeated in headers
     */
    public record Tool(String upstreamName, String name, String description, String digest, boolean served,
            List<HeaderParameter> headers) {

        private boolean isAsItIs() {
            return served && digest == null && description == null && name.equals(upstreamName);
        }
    }

    /** Whether lists pass as the upstream makes them. */
    public boolean changesNothing() {
        return open && tools.stream().allMatch(Tool::isAsItIs);
    }

    /** Whether no tool is served but as it is here: only then is everything known here that changes a list. */
    public boolean isPinned() {
        return !open && tools.stream().allMatch(tool -> !tool.served() || tool.digest() != null);
    }

    /**
     * What of the lists is decided here, one line for each tool: as long as these stay the same, only the upstream changes
     * them.
     */
    public List<String> decided() {
        return tools.stream().filter(tool -> open ? !tool.isAsItIs() : tool.served())
                .map(tool -> tool.served() ? tool.toString() : tool.upstreamName()).sorted().toList();
    }
}
