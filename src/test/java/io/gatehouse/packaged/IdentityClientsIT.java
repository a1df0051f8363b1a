package io.gatehouse.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.gatehouse.packaged.GuardedServer.Invited;
import io.gatehouse.packaged.NodeProject.Result;

/** People let real MCP clients in to a server that Gatehouse's own identity opens; the clients find the way by themselves. */
class IdentityClientsIT {

    private static NodeProject programs;
    private static Installation gatehouse;
    private static GuardedServer server;

    @BeforeAll
    static void start() throws Exception {
        programs = new NodeProject("mcp");
        gatehouse = Installation.onLocalhost();
        server = new GuardedServer(gatehouse);
    }

    @AfterAll
    static void stop() throws IOException {
        gatehouse.close();
    }

    // P-5, P-7: registration, PKCE, consent, refresh; the password once for two applications
    @ParameterizedTest
    @ValueSource(strings = { "1", "legacy", "auto", "modern" })
    void theTypeScriptSdksAreLetInByAPerson(String way) throws Exception {
        Invited person = server.invite();

        Result result = programs.script("oauth.mjs", way, server.url(), person.invitation(), person.email());

        assertEquals("one application\nanother one\n", result.output());
    }
}
