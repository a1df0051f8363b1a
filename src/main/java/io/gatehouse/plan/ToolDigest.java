package io.gatehouse.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tells whether the definition of an MCP tool still means the same: the digest of a canonical form of what an agent or a
 * validator acts on. How a definition is written does not count; every letter that a model reads does.
 */
public final class ToolDigest {

    private static final String ANNOTATIONS = "annotations";
    private static final List<String> TEXTS = List.of("name", "title", "description");
    private static final List<String> SCHEMAS = List.of("inputSchema", "outputSchema");

    /** What the hints mean where they are absent (MCP, ToolAnnotations). */
    private static final Map<String, Boolean> HINTS = Map.of("readOnlyHint", false, "destructiveHint", true,
            "idempotentHint", false, "openWorldHint", true);

    private ToolDigest() {
    }

    /** Lower-case hex SHA-256. */
    public static String of(JsonNode tool) {
        try {
            byte[] text = CanonicalJson.write(canonical(tool)).getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the digest is of: two definitions that mean the same are equal in this form. */
    public static ObjectNode canonical(JsonNode tool) {
        ObjectNode canonical = JsonNodeFactory.instance.objectNode();
        TEXTS.forEach(member -> put(canonical, member, CanonicalJson.of(tool.path(member))));
        SCHEMAS.forEach(member -> put(canonical, member, CanonicalSchema.of(tool.path(member))));
        JsonNode annotations = CanonicalJson.of(tool.path(ANNOTATIONS));
        if (annotations instanceof ObjectNode hints) {
            hints.properties().removeIf(hint -> hint.getValue().isNull() || isDefault(hint));
        }
        if (!annotations.isObject() || !annotations.isEmpty()) {
            put(canonical, ANNOTATIONS, annotations);
        }
        return canonical;
    }

    private static boolean isDefault(Map.Entry<String, JsonNode> hint) {
        return hint.getValue().isBoolean()
                && Boolean.valueOf(hint.getValue().booleanValue()).equals(HINTS.get(hint.getKey()));
    }

    private static void put(ObjectNode object, String member, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            object.set(member, value);
        }
    }
}
