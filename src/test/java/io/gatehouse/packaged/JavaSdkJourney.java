package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.gatehouse.testing.Await;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/** A conversation in Java with a server that has the tools and prompts of the conformance suite. */
final class JavaSdkJourney implements AutoCloseable {

    private final BlockingQueue<List<Tool>> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Double> progress = new LinkedBlockingQueue<>();
    private final McpSyncClient client;

    JavaSdkJourney(String url) {
        URI uri = URI.create(url);
        client = McpClient.sync(HttpClientStreamableHttpTransport.builder(uri.getScheme() + "://" + uri.getAuthority())
                .endpoint(uri.getRawPath() + "?" + uri.getRawQuery()).openConnectionOnStartup(true).build())
                .capabilities(ClientCapabilities.builder().sampling().elicitation().build())
                .sampling(asked -> CreateMessageResult.builder(Role.ASSISTANT, "sampled", "a-model").build())
                .elicitation(asked -> ElicitResult.builder(ElicitResult.Action.ACCEPT)
                        .content(Map.of("username", "ada", "email", "ada@example.com")).build())
                .toolsChangeConsumer(changes::add).progressConsumer(told -> progress.add(told.progress())).build();
        client.initialize();
    }

    private CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(CallToolRequest.builder(tool).arguments(arguments)
                .meta(Map.of("progressToken", "the one of " + tool)).build());
    }

    private String said(String tool, Map<String, Object> arguments) {
        return ((TextContent) call(tool, arguments).content().get(0)).text();
    }

    void usesWhatAllServersOffer() {
        assertTrue(client.listTools().tools().stream().anyMatch(tool -> tool.name().equals("test_simple_text")));
        assertEquals("This is a simple text response for testing.", said("test_simple_text", Map.of()));
        assertEquals(true, call("test_error_handling", Map.of()).isError());
        assertThrows(McpError.class, () -> call("nope", Map.of()));
        assertEquals("Prompt with arguments: arg1='a', arg2='b'", ((TextContent) client.getPrompt(
                GetPromptRequest.builder("test_prompt_with_arguments").arguments(Map.of("arg1", "a", "arg2", "b")).build())
                .messages().get(0).content()).text());
        // The SDK does not wait until it listens, and what is told before that is lost
        Await.until(() -> {
            call("test_trigger_tool_change", Map.of());
            return changes.poll(1, TimeUnit.SECONDS) != null;
        }, () -> "No change is heard");
        client.ping();
    }

    void usesWhatOnlyProxyServersOffer() throws InterruptedException {
        assertEquals("LLM response: sampled", said("test_sampling", Map.of("prompt", "Go")));
        assertTrue(said("test_elicitation", Map.of("message", "Who?")).contains("ada@example.com"));
        assertEquals("This is the content of the static text resource.", ((TextResourceContents) client
                .readResource(ReadResourceRequest.builder("test://static-text").build()).contents().get(0)).text());
        progress.clear();
        call("test_tool_with_progress", Map.of());
        for (double expected : new double[] { 0, 50, 100 }) {
            assertEquals(expected, progress.poll(30, TimeUnit.SECONDS));
        }
    }

    @Override
    public void close() {
        client.closeGracefully();
    }
}
