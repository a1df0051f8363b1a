package io.gatehouse.servers.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.plan.HeaderParameter;
import io.gatehouse.plan.ProxiedAction;
import io.gatehouse.plan.ToolPlan;
import io.gatehouse.upstreams.OfferedTool;
import io.gatehouse.upstreams.Upstreams;

/** A tool of a third-party MCP server. */
record UpstreamOffer(OfferedTool.Plan plan) implements Offer {

    @Override
    public long id() {
        return plan.id();
    }

    @Override
    public Set<String> topics() {
        return Set.copyOf(Upstreams.topics(plan.upstream()));
    }

    /** Everything that the definition says is passed on, but for header annotations by which clients would drop the tool. */
    @Override
    public ToolPlan toPlan(Words words) {
        ObjectNode rest = plan.read();
        JsonNode schema = rest == null ? null : rest.remove("inputSchema");
        if (!(schema instanceof ObjectNode inputSchema) || !schema.path("type").asText().equals("object")) {
            return null;
        }
        HeaderParameter.sanitize(inputSchema);
        rest.remove("name");
        String title = text(rest.remove("title"));
        String own = text(rest.remove("description"));
        String description = words.description() != null ? words.description()
                : plan.description() != null ? plan.description() : own;
        JsonNode annotations = rest.remove("annotations");
        JsonNode outputSchema = rest.remove("outputSchema");
        Map<String, String> others = new HashMap<>();
        rest.properties().stream().filter(member -> !member.getValue().isNull())
                .forEach(member -> others.put(member.getKey(), member.getValue().toString()));
        if (words.icons() != null) {
            others.put("icons", words.icons());
        }
        return new ToolPlan(words.name(), title, description, schema.toString(),
                outputSchema == null || !outputSchema.isObject() ? null : outputSchema.toString(),
                annotations(annotations, words.annotations()), words.annotations().path("readOnlyHint").asBoolean(), others,
                new ProxiedAction(plan.upstream(), plan.toolName(), HeaderParameter.of(schema.toString())));
    }

    private static String text(JsonNode value) {
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    private static String annotations(JsonNode upstream, ObjectNode own) {
        ObjectNode all = upstream instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        all.setAll(own);
        return all.isEmpty() && upstream == null ? null : all.toString();
    }
}
