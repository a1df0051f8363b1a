package io.gatehouse.contract.workato;

import static io.gatehouse.contract.workato.ServersApi.SERVERS;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Every way to change a server; {@code FOLDER}, {@code TOOL} and {@code TOKEN} stand for ids. */
enum Write {
    UPDATE("PUT", "", "{\"name\":\"written\",\"folder_id\":FOLDER}"),
    RENEW("POST", "/token_renew", null),
    MOVE("PUT", "/update_folder", "{\"folder_id\":FOLDER}"),
    ASSIGN_TOOLS("POST", "/assign_tools", "{\"tools\":[{\"trigger_application\":\"workato_api_platform\",\"id\":TOOL}]}"),
    DESCRIBE_TOOL("PUT", "/tools/TOOL", "{\"description\":\"written\"}"),
    STOP_TOOL("PUT", "/tools/TOOL/stop", null),
    START_TOOL("PUT", "/tools/TOOL/start", null),
    REMOVE_TOOL("DELETE", "/tools/TOOL", null),
    ASSIGN_GROUPS("POST", "/assign_user_groups", "{\"user_group_ids\":[]}"),
    REMOVE_GROUPS("POST", "/remove_user_groups", "{\"user_group_ids\":[]}"),
    SET_POLICY("PUT", "/server_policies", "{\"ip_denylist\":[\"10.9.9.9\"]}"),
    ISSUE_TOKEN("POST", "/tokens", "{\"name\":\"written\"}"),
    REVOKE_TOKEN("DELETE", "/tokens/TOKEN", null),
    DELETE("DELETE", "", null);

    private final String method;
    private final String path;
    private final String body;

    Write(String method, String path, String body) {
        this.method = method;
        this.path = path;
        this.body = body;
    }

    /** A server with one tool and one further token, in a folder. */
    record Target(String handle, int folder, int tool, int token) {
    }

    String method() {
        return method;
    }

    boolean hasBody() {
        return body != null;
    }

    String path(Target target) {
        return SERVERS + "/" + target.handle() + filled(path, target);
    }

    ValidatableResponse send(RequestSpecification as, Target target) {
        return send(as, target, body == null ? null : filled(body, target));
    }

    ValidatableResponse send(RequestSpecification as, Target target, String content) {
        RequestSpecification request = content == null ? as : as.body(content);
        return request.request(method, path(target)).then();
    }

    private static String filled(String text, Target target) {
        return text.replace("FOLDER", Integer.toString(target.folder())).replace("TOOL", Integer.toString(target.tool()))
                .replace("TOKEN", Integer.toString(target.token()));
    }
}
