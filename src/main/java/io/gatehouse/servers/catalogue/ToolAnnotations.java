package io.gatehouse.servers.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What a server says of a tool in its own words (MCP tool annotations); null where it says nothing. Never enforced. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolAnnotations(String title, Boolean destructiveHint, Boolean idempotentHint, Boolean openWorldHint,
        Boolean readOnlyHint) {
}
