package io.gatehouse.api.workato;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.gatehouse.connections.ClientGrant;
import io.gatehouse.connections.ClientGrant.Authentication;
import io.gatehouse.connections.Connection;
import io.gatehouse.connections.ConnectionChange;
import io.gatehouse.connections.NewConnection;
import io.gatehouse.connections.Scheme;
import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.kernel.Problem;
import io.gatehouse.tools.operation.ConnectionWish;

/** From the connections of this dialect to those of the domain. The kind is told by the secret that is given. */
final class WorkatoConnectionMapper {

    private static final WorkatoConnection.Secret NOTHING = new WorkatoConnection.Secret(null, null, null, null, null,
            null, null, null, null, null, null, null, null, null);

    private WorkatoConnectionMapper() {
    }

    /** For a collection, whose document may know how the secret is shown. */
    static ConnectionWish wish(WorkatoConnection.Input body) {
        WorkatoConnection.Secret input = input(body.input());
        Kind kind = kind(input);
        boolean isNamed = kind == Kind.API_KEY && (input.name() != null || input.in() != null);
        return new ConnectionWish(body.name(), kind,
                isNamed || kind == Kind.CLIENT_CREDENTIALS ? scheme(kind, input, Scheme.NONE) : null,
                input.securityScheme(), secret(kind, input), body.baseUrl());
    }

    /** For no collection in particular. */
    static NewConnection draft(WorkatoConnection.Input body) {
        WorkatoConnection.Secret input = input(body.input());
        Kind kind = kind(input);
        return new NewConnection(WorkatoInput.required("project_id", body.projectId()), body.name(),
                scheme(kind, input, Scheme.NONE), secret(kind, input), body.baseUrl());
    }

    /** Where the input tells of no credential, it is about the one that is there. */
    static ConnectionChange change(WorkatoConnection.Change body, Connection present) {
        WorkatoConnection.Secret input = input(body.input());
        Kind given = kind(input);
        Kind kind = given == Kind.NONE ? present.scheme().kind() : given;
        return new ConnectionChange(body.name(),
                body.input() == null ? null : scheme(kind, input, present.scheme()), secret(given, input),
                body.baseUrl());
    }

    static Scheme clientCredentials(WorkatoConnection.Secret input) {
        return scheme(Kind.CLIENT_CREDENTIALS, input, Scheme.NONE);
    }

    private static WorkatoConnection.Secret input(WorkatoConnection.Secret given) {
        return given == null ? NOTHING : given;
    }

    private static Kind kind(WorkatoConnection.Secret input) {
        boolean isBasic = input.username() != null || input.password() != null;
        boolean isClient = Stream.of(input.tokenUrl(), input.clientId(), input.clientSecret(), input.scope(),
                input.resource(), input.audience(), input.clientAuthentication()).anyMatch(Objects::nonNull);
        int kinds = (input.apiKey() == null ? 0 : 1) + (input.token() == null ? 0 : 1) + (isBasic ? 1 : 0)
                + (isClient ? 1 : 0);
        if (kinds > 1) {
            throw Problem.invalidField("input", "invalid_field_value",
                    "input: one of api_key, token, username with password, or token_url with client_id and client_secret");
        }
        if (input.apiKey() != null) {
            return Kind.API_KEY;
        }
        return input.token() != null ? Kind.BEARER
                : isBasic ? Kind.BASIC : isClient ? Kind.CLIENT_CREDENTIALS : Kind.NONE;
    }

    private static String secret(Kind kind, WorkatoConnection.Secret input) {
        return switch (kind) {
            case NONE -> null;
            case API_KEY -> input.apiKey();
            case BEARER -> input.token();
            case BASIC -> basic(input);
            case CLIENT_CREDENTIALS -> input.clientSecret();
        };
    }

    /** RFC 7617: a user name has no colon. */
    private static String basic(WorkatoConnection.Secret input) {
        if (input.username() == null || input.username().contains(":")) {
            throw Problem.invalidField("input.username", "invalid_field_value",
                    "input.username: a user name without a colon is needed");
        }
        return input.username() + ":" + (input.password() == null ? "" : input.password());
    }

    /** @param present what is left out stays as it is there */
    private static Scheme scheme(Kind kind, WorkatoConnection.Secret input, Scheme present) {
        return switch (kind) {
            case NONE -> Scheme.NONE;
            case BEARER -> Scheme.BEARER;
            case BASIC -> Scheme.BASIC;
            case API_KEY -> apiKey(input, present);
            case CLIENT_CREDENTIALS -> Scheme.clientCredentials(grant(input, present.grant()));
        };
    }

    private static Scheme apiKey(WorkatoConnection.Secret input, Scheme present) {
        Place place = present.place() == null ? Place.HEADER : present.place();
        return Scheme.apiKey(input.in() == null ? place : word("input.in", Place.class, input.in()),
                input.name() == null ? present.parameter() : input.name());
    }

    private static ClientGrant grant(WorkatoConnection.Secret input, ClientGrant known) {
        ClientGrant present = known == null
                ? new ClientGrant(null, null, null, null, null, Authentication.CLIENT_SECRET_BASIC)
                : known;
        return new ClientGrant(uri("input.token_url", input.tokenUrl(), present.tokenUrl()),
                text(input.clientId(), present.clientId()), text(input.scope(), present.scope()),
                uri("input.resource", input.resource(), present.resource()),
                text(input.audience(), present.audience()),
                input.clientAuthentication() == null ? present.authentication()
                        : word("input.client_authentication", Authentication.class, input.clientAuthentication()));
    }

    /** An empty text takes away what is there. */
    private static String text(String given, String present) {
        return given == null ? present : given.isBlank() ? null : given.strip();
    }

    private static URI uri(String field, String given, URI present) {
        if (given == null || given.isBlank()) {
            return given == null ? present : null;
        }
        try {
            return new URI(given.strip());
        } catch (URISyntaxException e) {
            throw Problem.invalidField(field, "invalid_uri", field + ": not a URL");
        }
    }

    private static <E extends Enum<E>> E word(String field, Class<E> type, String given) {
        for (E word : type.getEnumConstants()) {
            if (word.name().equals(given.toUpperCase(Locale.ROOT))) {
                return word;
            }
        }
        throw Problem.invalidField(field, "enum", field + ": one of "
                + Stream.of(type.getEnumConstants()).map(word -> word.name().toLowerCase(Locale.ROOT)).toList());
    }
}
