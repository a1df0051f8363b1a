package io.gatehouse.api.documents;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What operations share: failures in the envelope of their dialect, and parameters. */
final class CommonParts {

    private static final String JSON = "application/json";
    private static final Map<Integer, String> MEANINGS = new TreeMap<>(Map.of(400, "The request can't be read, or does not fit",
            401, "No good token was sent", 403, "The client's role does not allow it", 404,
            "There is no such thing, or none that the client may see", 409, "It conflicts with what is there", 412,
            "If-Match does not name what is there", 413, "The body is too large", 422, "Something in the request does not fit",
            429, "Too many requests; Retry-After says how many seconds to wait", 503, "The database can't be reached now"));

    private CommonParts() {
    }

    static void add(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
            boolean celigo = path.startsWith("/v1/");
            statuses(path, method, celigo).forEach(status -> add(document.getComponents(), operation, status, celigo));
            if (method != HttpMethod.GET && (path.contains("{handle}") || path.contains("{mcp_server_handle}")
                    || path.startsWith("/v1/mcpservers/{"))) {
                operation.addParameter(ifMatch());
            }
            if (celigo && method == HttpMethod.GET && !path.endsWith("}") && !path.endsWith("/dependencies")) {
                listParameters().forEach(operation::addParameter);
            }
        }));
    }

    private static List<Integer> statuses(String path, HttpMethod method, boolean celigo) {
        return MEANINGS.keySet().stream().filter(status -> switch (status) {
            case 404 -> path.contains("{");
            case 409, 412, 413 -> method != HttpMethod.GET;
            case 422 -> celigo && method != HttpMethod.GET;
            default -> true;
        }).toList();
    }

    private static void add(Components components, Operation operation, int status, boolean celigo) {
        String code = Integer.toString(status);
        if (operation.getResponses().hasAPIResponse(code)
                && operation.getResponses().getAPIResponse(code).getContent() != null) {
            return;
        }
        String name = (celigo ? "Celigo" : "Workato") + status;
        String schema = !celigo ? "ErrorResponse" : status == 401 ? "Refusal" : "Error";
        components.addSchema(schema, schema(schema));
        components.addResponse(name, response(status, schema));
        operation.getResponses().addAPIResponse(code, OASFactory.createAPIResponse().ref(name));
    }

    private static APIResponse response(int status, String schema) {
        APIResponse response = OASFactory.createAPIResponse().description(MEANINGS.get(status))
                .content(OASFactory.createContent().addMediaType(JSON,
                        OASFactory.createMediaType().schema(OASFactory.createSchema().ref(schema))));
        return status != 429 ? response
                : response.addHeader("Retry-After", OASFactory.createHeader().description("Seconds")
                        .schema(OASFactory.createSchema().addType(SchemaType.INTEGER)));
    }

    private static Schema schema(String name) {
        Schema object = OASFactory.createSchema().addType(SchemaType.OBJECT);
        return switch (name) {
            case "ErrorResponse" -> object.description("Why a request was refused").required(List.of("message", "code"))
                    .addProperty("message", text("For people")).addProperty("code", text("For machines"))
                    .addProperty("errors", OASFactory.createSchema().addType(SchemaType.OBJECT)
                            .description("A message for each field that does not fit")
                            .additionalPropertiesSchema(text(null)));
            case "Refusal" -> object.description("Why a client was not let in").required(List.of("message"))
                    .addProperty("message", text("For people"));
            default -> object.description("Everything that is wrong with a request").required(List.of("errors"))
                    .addProperty("errors", OASFactory.createSchema().addType(SchemaType.ARRAY).items(entry()));
        };
    }

    private static Schema entry() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).required(List.of("message"))
                .addProperty("code", OASFactory.createSchema().description("For machines")
                        .oneOf(List.of(text(null), OASFactory.createSchema().addType(SchemaType.INTEGER))))
                .addProperty("message", text("For people"))
                .addProperty("field", text("A dotted path with array indexes, such as tools.0.name"))
                .addProperty("source", text("Which side it comes from"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    private static List<Parameter> listParameters() {
        return List.of(
                query("include", "Fields to show beside _id and name, with commas; dots lead into objects and arrays",
                        text(null)),
                query("exclude", "Fields not to show; not together with include", text(null)),
                query("limit", "Entries per page", OASFactory.createSchema().addType(SchemaType.INTEGER)
                        .minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(1_000)).defaultValue(100)),
                query("skip", "Entries to leave out at the beginning", OASFactory.createSchema()
                        .addType(SchemaType.INTEGER).minimum(BigDecimal.ZERO).defaultValue(0)));
    }

    private static Parameter query(String name, String description, Schema schema) {
        return OASFactory.createParameter().name(name).in(Parameter.In.QUERY).required(false).description(description)
                .schema(schema);
    }

    private static Parameter ifMatch() {
        return OASFactory.createParameter().name("If-Match").in(Parameter.In.HEADER).required(false)
                .description("The ETag of the server as the client knows it; another one is refused with 412")
                .schema(OASFactory.createSchema().addType(SchemaType.STRING));
    }
}
