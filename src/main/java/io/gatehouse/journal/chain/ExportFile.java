package io.gatehouse.journal.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The audit trail as lines of JSON: a head with the public keys (a JWK set by itself), a line for each place in a chain, and
 * an end that counts them.
 */
public final class ExportFile {

    private static final String FORMAT = "gatehouse-audit-1";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExportFile() {
    }

    public static String head(List<String> jwks) {
        ObjectNode head = JSON.createObjectNode().put("format", FORMAT);
        ArrayNode keys = head.putArray("keys");
        jwks.forEach(jwk -> keys.add(parse(jwk)));
        return head.toString();
    }

    public static String line(ChainRow row) {
        ObjectNode line = JSON.createObjectNode().put("workspace", row.workspace());
        if (row.seq() != null) {
            line.put("seq", row.seq());
        }
        if (row.hash() != null) {
            line.put("version", row.version()).put("hash", row.hash());
        }
        if (row.checkpoint() != null) {
            line.put("checkpoint", row.checkpoint());
        }
        ChainEntry entry = row.entry();
        if (entry != null) {
            line.putObject("entry").put("id", entry.id()).put("workspace", entry.workspaceId())
                    .put("created_at", entry.createdAt().toString()).put("actor", entry.actor()).put("source", entry.source())
                    .put("request_id", entry.requestId()).put("address", entry.address())
                    .put("user_agent", entry.userAgent()).put("action", entry.action())
                    .put("resource_type", entry.resourceType()).put("resource_id", entry.resourceId())
                    .put("resource_name", entry.resourceName()).put("changes", entry.changes());
        }
        return line.toString();
    }

    public static String end(long rows) {
        return JSON.createObjectNode().put("rows", rows).toString();
    }

    /**
     * @param reader is given the keys of the head first, and answers who is given the rows
     * @throws IllegalArgumentException when the file is not one of these, or is cut
     */
    public static void read(Path file, Function<List<String>, Consumer<ChainRow>> reader) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            JsonNode head = parse(first == null ? "" : first);
            if (!FORMAT.equals(head.path("format").asText())) {
                throw new IllegalArgumentException("not an export of this version");
            }
            Consumer<ChainRow> rows = reader.apply(keys(head));
            long count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = parse(line);
                if (json.has("rows")) {
                    if (json.get("rows").asLong() == count && lines.readLine() == null) {
                        return;
                    }
                    throw new IllegalArgumentException("lines are missing, or were added");
                }
                rows.accept(row(json));
                count++;
            }
            throw new IllegalArgumentException("the end of the file is missing");
        }
    }

    /** The keys of a JWK set, each as JSON. */
    public static List<String> keys(JsonNode set) {
        List<String> keys = new ArrayList<>();
        set.path("keys").forEach(key -> keys.add(key.toString()));
        return keys;
    }

    /** @throws IllegalArgumentException when it is no JSON */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static ChainRow row(JsonNode line) {
        JsonNode entry = line.path("entry");
        try {
            return new ChainRow(line.path("workspace").asLong(), line.has("seq") ? line.get("seq").asLong() : null,
                    line.has("version") ? line.get("version").asInt() : null, text(line, "hash"), text(line, "checkpoint"),
                    entry.isMissingNode() ? null
                            : new ChainEntry(entry.path("id").asLong(), entry.path("workspace").asLong(),
                                    Instant.parse(entry.path("created_at").asText()), text(entry, "actor"),
                                    text(entry, "source"), text(entry, "request_id"), text(entry, "address"),
                                    text(entry, "user_agent"), text(entry, "action"), text(entry, "resource_type"),
                                    text(entry, "resource_id"), text(entry, "resource_name"), text(entry, "changes")));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a time that can't be read", e);
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).isTextual() ? object.get(field).textValue() : null;
    }
}
