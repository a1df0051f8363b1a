package io.gatehouse.tools.operation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.connections.Scheme;
import io.gatehouse.connections.Scheme.Place;

/** Reads how a document's back end wants to be shown credentials. */
final class SecuritySchemes {

    private SecuritySchemes() {
    }

    /**
     * The schemes that a simple connection can serve, by name, the one that the document requires first. An OAuth or
     * OpenID access token is shown as a bearer token.
     */
    static Map<String, Scheme> read(Document document) {
        Map<String, Scheme> declared = new LinkedHashMap<>();
        JsonNode schemes = document.root().path("components").path("securitySchemes");
        schemes.properties().forEach(entry -> {
            Scheme scheme = scheme(document, entry.getValue(), "/components/securitySchemes/" + entry.getKey());
            if (scheme != null) {
                declared.put(entry.getKey(), scheme);
            }
        });
        Map<String, Scheme> ordered = new LinkedHashMap<>();
        document.root().path("security").forEach(requirement -> requirement.fieldNames().forEachRemaining(name -> {
            if (declared.containsKey(name)) {
                ordered.put(name, declared.get(name));
            }
        }));
        declared.forEach(ordered::putIfAbsent);
        return ordered;
    }

    /** The parameters that API keys travel in, which are not the agent's to give, as {@code in:name}. */
    static Set<String> parameters(Map<String, Scheme> schemes) {
        Set<String> parameters = new LinkedHashSet<>();
        schemes.values().stream().filter(scheme -> scheme.place() != null).forEach(scheme -> parameters
                .add(ParameterReader.key(scheme.place().name().toLowerCase(Locale.ROOT), scheme.parameter())));
        return parameters;
    }

    private static Scheme scheme(Document document, JsonNode node, String place) {
        JsonNode scheme;
        try {
            scheme = document.follow(node, place).node();
        } catch (Refusal e) {
            return null;
        }
        return switch (scheme.path("type").asText()) {
            case "apiKey" -> apiKey(scheme);
            case "http" -> switch (scheme.path("scheme").asText().toLowerCase(Locale.ROOT)) {
                case "bearer" -> Scheme.BEARER;
                case "basic" -> Scheme.BASIC;
                default -> null;
            };
            case "oauth2", "openIdConnect" -> Scheme.BEARER;
            default -> null;
        };
    }

    private static Scheme apiKey(JsonNode scheme) {
        String name = scheme.path("name").asText("");
        return switch (scheme.path("in").asText()) {
            case "header" -> name.isEmpty() ? null : Scheme.apiKey(Place.HEADER, name);
            case "query" -> name.isEmpty() ? null : Scheme.apiKey(Place.QUERY, name);
            case "cookie" -> name.isEmpty() ? null : Scheme.apiKey(Place.COOKIE, name);
            default -> null;
        };
    }
}
