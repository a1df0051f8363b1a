package io.gatehouse.api.demo;

/** What the first start shows; the only time that the tokens are seen. */
record Welcome(String publicUrl, String managementToken, String serverUrl, String serverToken) {

    private static final String RULE = "-".repeat(100);

    String text() {
        return String.join("\n", "", RULE, "Gatehouse is ready at " + publicUrl + " (Swagger UI: " + publicUrl
                + "/swagger-ui)", "",
                "Management token of the administrator, shown only now:", "", "  " + managementToken, "",
                "Demo: Gatehouse's own management API as an MCP server. Its mcp_url, shown only now:", "",
                "  " + serverUrl + "?token=" + serverToken, "",
                "Add it to an MCP client, Claude Code for example:", "",
                "  claude mcp add --transport http gatehouse " + serverUrl + " --header \"Authorization: Bearer "
                        + serverToken + "\"",
                RULE, "");
    }

    static String back(String publicUrl) {
        return "Gatehouse is ready at " + publicUrl + ", with all that was there before.";
    }
}
