package io.gatehouse.packaged;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A composed server that offers what the conformance suite looks for, as far as an API and prompts can: its tools are the
 * operations of a back end on loopback. Two of them change the server itself, through the management API.
 */
final class ComposedServer implements AutoCloseable {

    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
    private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

    /** Operation, type of its answer, parameters. */
    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Conformance, version: '1'}
            servers: [{url: 'BACK-END'}]
            paths:
              /text: {get: {operationId: test_simple_text, description: Gives a text}}
              /image: {get: {operationId: test_image_content, description: Gives an image}}
              /audio: {get: {operationId: test_audio_content, description: Gives a sound}}
              /bytes: {get: {operationId: test_embedded_resource, description: Gives bytes}}
              /error: {get: {operationId: test_error_handling, description: Fails}}
              /text/streamed: {get: {operationId: test_streaming_elicitation, description: Gives a text}}
              /text/logged: {get: {operationId: test_logging_tool, description: Gives a text}}
              /change/tool: {post: {operationId: test_trigger_tool_change, description: Changes a tool}}
              /change/prompt: {post: {operationId: test_trigger_prompt_change, description: Changes a prompt}}
              /text/region:
                get:
                  operationId: test_header_parameter
                  description: Takes an argument that is also a header
                  parameters: [{name: region, in: query, schema: {type: string, x-mcp-header: Region}}]
              /text/person:
                get:
                  operationId: json_schema_2020_12_tool
                  description: Tool with JSON Schema 2020-12 features
                  parameters:
                    - {name: name, in: query, schema: {type: string}}
                    - {name: address, in: query, style: deepObject, schema: {$ref: '#/components/schemas/address'}}
                    - {name: contactMethod, in: query, schema: {type: string, enum: [phone, email]}}
                    - {name: phone, in: query, schema: {type: string}}
                    - {name: email, in: query, schema: {type: string}}
            components:
              schemas:
                address:
                  $anchor: addressDef
                  type: object
                  properties: {street: {type: string}, city: {type: string}}
            """;

    private final Installation gatehouse;
    private final HttpServer backEnd;
    private final List<Map<String, Object>> tools = new ArrayList<>();
    private final String id;
    private final String url;
    private int changes;

    ComposedServer(Installation gatehouse) throws IOException {
        this.gatehouse = gatehouse;
        backEnd = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backEnd.createContext("/text", exchange -> answer(exchange, 200, "text/plain",
                "This is a simple text response for testing.".getBytes(StandardCharsets.UTF_8)));
        backEnd.createContext("/image", exchange -> answer(exchange, 200, "image/png", Base64.getDecoder().decode(PNG)));
        backEnd.createContext("/audio", exchange -> answer(exchange, 200, "audio/wav", Base64.getDecoder().decode(WAV)));
        backEnd.createContext("/bytes", exchange -> answer(exchange, 200, "application/octet-stream", new byte[16]));
        backEnd.createContext("/error", exchange -> answer(exchange, 500, "text/plain", "Out of order".getBytes(
                StandardCharsets.UTF_8)));
        backEnd.createContext("/change", this::change);
        backEnd.start();
        importTools();
        id = gatehouse.made("POST", "/v1/mcpservers", document("", "")).get("_id").asText();
        url = open();
    }

    /** With its token. */
    String url() {
        return url;
    }

    private void importTools() {
        String content = DOCUMENT.replace("BACK-END", "http://127.0.0.1:" + backEnd.getAddress().getPort());
        JsonNode imported = gatehouse.made("POST", "/api/api_collections", Map.of("project_id", 1, "openapi_spec",
                Map.of("content", content, "format", "yaml")));
        if (!imported.at("/import_report/refused").isEmpty()) {
            throw new AssertionError(imported);
        }
        for (JsonNode tool : gatehouse.get("/v1/tools?limit=1000").json()) {
            String name = tool.get("name").asText();
            if (DOCUMENT.contains("operationId: " + name + ",") || DOCUMENT.contains("operationId: " + name + "\n")) {
                tools.add(Map.of("_toolId", tool.get("_id").asText(), "name", name, "disabled", false));
            }
        }
    }

    private String open() {
        for (JsonNode server : gatehouse.get("/api/mcp/mcp_servers?view=full").json().get("items")) {
            if (server.get("_id").asText().equals(id)) {
                String handle = server.get("handle").asText();
                String token = gatehouse.made("POST", "/api/mcp/mcp_servers/" + handle + "/token_renew", Map.of())
                        .get("token").asText();
                return gatehouse.url().replace("127.0.0.1", "localhost") + "/mcp/" + handle + "?token=" + token;
            }
        }
        throw new AssertionError("The server " + id + " is not listed");
    }

    private Map<String, Object> document(String toolTitle, String promptTitle) {
        List<Map<String, Object>> titled = new ArrayList<>(tools);
        titled.replaceAll(tool -> {
            Map<String, Object> copy = new HashMap<>(tool);
            copy.put("annotations", Map.of("title", tool.get("name") + toolTitle));
            return copy;
        });
        return Map.of("name", "Conformance", "relativeURI", "/conformance", "disabled", false, "tools", titled,
                "prompts", List.of(
                        prompt("Simple" + promptTitle, "test_simple_prompt", List.of(),
                                List.of(text("This is a simple prompt for testing."))),
                        prompt("With arguments", "test_prompt_with_arguments", List.of("arg1", "arg2"),
                                List.of(text("Prompt with arguments: arg1='{{arg1}}', arg2='{{arg2}}'"))),
                        prompt("With a resource", "test_prompt_with_embedded_resource", List.of("resourceUri"),
                                List.of(message("resource", "text/plain", "Embedded resource content of {{resourceUri}}."),
                                        text("Please process the embedded resource above."))),
                        prompt("With an image", "test_prompt_with_image", List.of(),
                                List.of(message("image", "image/png", PNG),
                                        text("Please analyze the image above.")))));
    }

    private static Map<String, Object> prompt(String title, String name, List<String> arguments,
            List<Map<String, String>> messages) {
        return Map.of("name", name, "title", title, "description", "A prompt: " + title, "arguments",
                arguments.stream().map(argument -> Map.of("name", argument, "description", "An argument", "suggestions",
                        List.of("paris", "park", "party"))).toList(),
                "messagesTemplate", messages);
    }

    private static Map<String, String> text(String template) {
        return message("text", null, template);
    }

    private static Map<String, String> message(String type, String mimeType, String template) {
        Map<String, String> message = new LinkedHashMap<>(
                Map.of("role", "user", "contentType", type, "template", template));
        if (mimeType != null) {
            message.put("mimeType", mimeType);
        }
        return message;
    }

    private synchronized void change(HttpExchange exchange) throws IOException {
        String change = ", changed " + ++changes + " times";
        boolean tool = exchange.getRequestURI().getPath().endsWith("/tool");
        int status = gatehouse.send("PUT", "/v1/mcpservers/" + id, document(tool ? change : "", tool ? "" : change))
                .status();
        answer(exchange, status == 200 ? 200 : 500, "text/plain", "Changed".getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        backEnd.stop(0);
    }
}
