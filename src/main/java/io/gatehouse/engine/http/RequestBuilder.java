package io.gatehouse.engine.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.connections.Credential;
import io.gatehouse.plan.HttpAction;
import io.gatehouse.plan.HttpOperation;
import io.gatehouse.plan.HttpOperation.Parameter;
import io.gatehouse.platform.outbound.OutboundRequest;

/** Builds the request of one call: from the operation, the arguments and the credential, and from nothing else. */
final class RequestBuilder {

    private static final String ACCEPT = "application/json, */*;q=0.8";
    private static final String USER_AGENT = "Gatehouse";

    private final HttpAction action;
    private final List<String> query = new ArrayList<>();
    private final List<String> cookies = new ArrayList<>();
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private final List<String> sensitive = new ArrayList<>(List.of("cookie"));
    private String path;
    private BodyWriter.Written body;

    private RequestBuilder(HttpAction action) {
        this.action = action;
        this.path = action.operation().path();
    }

    /** @throws BadArgument for an argument that can't be put on the wire */
    static OutboundRequest build(HttpAction action, ObjectNode arguments, Optional<Credential> credential) {
        RequestBuilder builder = new RequestBuilder(action);
        action.operation().parameters().forEach(parameter -> builder.add(parameter, arguments));
        builder.addBody(action.operation().body(), arguments);
        credential.ifPresent(builder::add);
        return builder.request();
    }

    private void add(Parameter parameter, ObjectNode arguments) {
        JsonNode value = arguments.get(parameter.argument());
        if (value == null || value.isNull()) {
            return;
        }
        switch (parameter.in()) {
            case PATH -> path = path.replace("{" + parameter.name() + "}", ParameterStyles.path(parameter, value));
            case QUERY -> query.addAll(ParameterStyles.pairs(parameter, value));
            case COOKIE -> cookies.addAll(ParameterStyles.pairs(parameter, value));
            case HEADER -> headers.add(Map.entry(parameter.name(), ParameterStyles.header(parameter, value)));
        }
    }

    private void addBody(HttpOperation.Body declared, ObjectNode arguments) {
        if (declared != null && arguments.has(declared.argument())) {
            body = BodyWriter.write(declared, arguments.get(declared.argument()));
            headers.add(Map.entry("Content-Type", body.contentType()));
        }
    }

    /** It takes the place of whatever the agent gave under the same name. */
    private void add(Credential credential) {
        String pair = Percent.encode(credential.name()) + "=";
        switch (credential.place()) {
            case HEADER -> {
                headers.removeIf(header -> header.getKey().equalsIgnoreCase(credential.name()));
                headers.add(Map.entry(credential.name(), credential.value()));
                sensitive.add(credential.name().toLowerCase(Locale.ROOT));
            }
            case QUERY -> {
                query.removeIf(given -> given.startsWith(pair));
                query.add(pair + Percent.encode(credential.value()));
            }
            case COOKIE -> {
                cookies.removeIf(given -> given.startsWith(pair));
                cookies.add(credential.name() + "=" + Percent.encode(credential.value()));
            }
        }
    }

    private OutboundRequest request() {
        headers.add(Map.entry("Accept", ACCEPT));
        if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("User-Agent"))) {
            headers.add(Map.entry("User-Agent", USER_AGENT));
        }
        if (!cookies.isEmpty()) {
            headers.add(Map.entry("Cookie", String.join("; ", cookies)));
        }
        return new OutboundRequest(action.operation().method(), uri(), headers, sensitive,
                body == null ? null : body.bytes());
    }

    /** The document's path may itself hold a query; a fragment only tells operations apart and is not sent. */
    private URI uri() {
        int fragment = path.indexOf('#');
        StringBuilder url = new StringBuilder(action.baseUrl())
                .append(fragment < 0 ? path : path.substring(0, fragment));
        char separator = url.indexOf("?") < 0 ? '?' : '&';
        for (String pair : query) {
            url.append(separator).append(pair);
            separator = '&';
        }
        try {
            return URI.create(url.toString());
        } catch (IllegalArgumentException e) {
            throw new BadArgument(action.operation().path(), "does not give a valid URL");
        }
    }
}
