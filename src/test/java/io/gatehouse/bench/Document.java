package io.gatehouse.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An API of a hundred operations, as an OpenAPI document and as tools of MCP. */
final class Document {

    static final int OPERATIONS = 100;
    static final String KEY = "s3cret";

    /** The tool that is called, and with what. */
    static final String CALLED = "getThing0";
    static final String ARGUMENTS = "{\"id\":42,\"expand\":\"prices\"}";

    /** The request that a call becomes. */
    static final String CALLED_URI = "/api/things0/42?expand=prices";

    private static final String DESCRIPTION = "Gives one thing of this kind with all that is known of it: its state, its price "
            + "in the currency of the account, and how many of it are in which place.";

    private Document() {
    }

    /** OpenAPI 3.1. */
    static String openapi() {
        return """
                {"openapi":"3.1.0","info":{"title":"Things","version":"1"},"security":[{"key":[]}],"components":\
                {"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}}},"paths":{%s}}"""
                .formatted(each("""
                        "/things%1$d/{id}":{"get":{"operationId":"getThing%1$d","summary":"Get thing %1$d",\
                        "description":"%2$s","parameters":[{"name":"id","in":"path","required":true,"schema":\
                        {"type":"integer","minimum":1,"description":"The id that a search gave"}},{"name":"expand",\
                        "in":"query","schema":{"type":"string","enum":["prices","stock","all"]}}],"responses":{"200":\
                        {"description":"The thing","content":{"application/json":{"schema":{"type":"object"}}}}}}}"""));
    }

    /** The entries of a {@code tools/list}. */
    static String tools() {
        return each("""
                {"name":"getThing%1$d","title":"Get thing %1$d","description":"%2$s","inputSchema":{"type":"object",\
                "properties":{"id":{"type":"integer","minimum":1,"description":"The id that a search gave"},"expand":\
                {"type":"string","enum":["prices","stock","all"]}},"required":["id"]}}""");
    }

    private static String each(String form) {
        return IntStream.range(0, OPERATIONS).mapToObj(i -> form.formatted(i, DESCRIPTION))
                .collect(Collectors.joining(","));
    }
}
