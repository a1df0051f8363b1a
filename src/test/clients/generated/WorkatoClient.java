import java.net.http.HttpRequest;
import java.util.function.Consumer;

import io.gatehouse.generated.workato.ApiClient;
import io.gatehouse.generated.workato.ApiException;
import io.gatehouse.generated.workato.api.McpServersApi;
import io.gatehouse.generated.workato.model.McpServer;
import io.gatehouse.generated.workato.model.McpServerInput;

/** Leads a server through its whole life by a client that was generated from the published Workato specification. */
public class WorkatoClient {

    public static void main(String[] arguments) throws Exception {
        int folder = Integer.parseInt(arguments[2]);
        McpServersApi servers = new McpServersApi(client(arguments[0],
                request -> request.header("Authorization", "Bearer " + arguments[1])));

        McpServer created = servers.createMcpServer(new McpServerInput().name("Generated").folderId(folder));
        check(created.getHandle() != null && created.getMcpUrl().getQuery().startsWith("token="), created);
        check(created.getCreatedAt() != null && created.getFolderId() == folder, created);

        var listed = servers.listMcpServers(null, folder, "token", "generated", false, 1, 100);
        check(listed.getItems().size() == 1 && !listed.getNextPage(), listed);
        check(servers.getMcpServer(created.getHandle()).getName().equals("Generated"), listed);
        check(servers.renewMcpServerToken(created.getHandle()).getToken() != null, created);

        McpServer updated = servers.updateMcpServer(created.getHandle(),
                new McpServerInput().name("Renamed").folderId(folder));
        check(updated.getName().equals("Renamed") && updated.getHandle().equals(created.getHandle()), updated);

        check(servers.deleteMcpServer(created.getHandle()).getSuccess(), updated);
        expect(404, () -> servers.getMcpServer(created.getHandle()));
        expect(400, () -> servers.createMcpServer(new McpServerInput().name(" ").folderId(folder)));
        expect(401, () -> new McpServersApi(client(arguments[0], request -> {
        })).getMcpServer("nobody"));
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
