import java.net.http.HttpRequest;
import java.util.List;
import java.util.function.Consumer;

import io.gatehouse.generated.celigo.ApiClient;
import io.gatehouse.generated.celigo.ApiException;
import io.gatehouse.generated.celigo.api.McpServersApi;
import io.gatehouse.generated.celigo.model.JsonPatchOperation;
import io.gatehouse.generated.celigo.model.Request;
import io.gatehouse.generated.celigo.model.Response;

/** Leads a server through its whole life by a client that was generated from the published Celigo specification. */
public class CeligoClient {

    public static void main(String[] arguments) throws Exception {
        McpServersApi servers = new McpServersApi(client(arguments[0],
                request -> request.header("Authorization", "Bearer " + arguments[1])));

        Response created = servers.createMcpServer(new Request().name("Generated").relativeURI("/generated"));
        String id = created.getId();
        check(id.matches("[0-9a-f]{24}") && created.getDisabled() && created.getPrompts().isEmpty(), created);
        check(created.getOauth() != null && !created.getOauth().getUseIntrospection(), created);

        check(servers.listMcpServers(null, null).stream().anyMatch(server -> server.getId().equals(id)), id);
        Response brief = servers.listMcpServers("description", null).get(0);
        check(brief.getName() != null && brief.getRelativeURI() == null, brief);
        Response read = servers.getMcpServerById(id);
        check(read.getRelativeURI().equals("/generated"), read);
        check(servers.listMcpServerDependencies(id).isEmpty(), id);

        Response replaced = servers.updateMcpServer(id, new Request().name("Replaced").relativeURI("/generated-2")
                .description("By a generated client").oauth(read.getOauth()));
        check(replaced.getRelativeURI().equals("/generated-2") && replaced.getId().equals(id), replaced);

        servers.patchMcpServer(id, List.of(replace("/name", "Patched")));
        check(servers.getMcpServerById(id).getName().equals("Patched"), id);
        expect(422, () -> servers.patchMcpServer(id, List.of(replace("/tools", List.of()))));
        expect(422, () -> servers.createMcpServer(new Request().name("Bad").relativeURI("no slash")));

        servers.deleteMcpServer(id);
        expect(404, () -> servers.getMcpServerById(id));
        expect(401, () -> new McpServersApi(client(arguments[0], request -> {
        })).getMcpServerById(id));
    }

    private static JsonPatchOperation replace(String path, Object value) {
        return new JsonPatchOperation().op(JsonPatchOperation.OpEnum.REPLACE).path(path).value(value);
    }

    private static ApiClient client(String url, Consumer<HttpRequest.Builder> interceptor) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(url);
        return client.setRequestInterceptor(interceptor);
    }

    private interface Call {
        void run() throws ApiException;
    }

    private static void expect(int status, Call call) {
        try {
            call.run();
            throw new AssertionError("No " + status);
        } catch (ApiException e) {
            check(e.getCode() == status, e.getCode() + " instead of " + status + ": " + e.getResponseBody());
        }
    }

    private static void check(boolean fact, Object subject) {
        if (!fact) {
            throw new AssertionError(subject);
        }
    }
}
