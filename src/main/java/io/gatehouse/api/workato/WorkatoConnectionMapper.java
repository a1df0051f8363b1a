package io.gatehouse.api.workato;

import java.util.Locale;

import io.gatehouse.connections.NewConnection;
import io.gatehouse.connections.Scheme;
import io.gatehouse.connections.Scheme.Kind;
import io.gatehouse.connections.Scheme.Place;
import io.gatehouse.kernel.Problem;
import io.gatehouse.tools.operation.ConnectionWish;

/** From the connections of this dialect to those of the domain. The kind is told by the secret that is given. */
final class WorkatoConnectionMapper {

    private static final WorkatoConnection.Secret NOTHING = new WorkatoConnection.Secret(null, null, null, null, null,
            null, null);

    private WorkatoConnectionMapper() {
    }

    /** For a collection, whose document may know how the secret is shown. */
    static ConnectionWish wish(WorkatoConnection.Input body) {
        WorkatoConnection.Secret input = input(body);
        Kind kind = kind(input);
        boolean isNamed = input.name() != null || input.in() != null;
        return new ConnectionWish(body.name(), kind, kind == Kind.API_KEY && isNamed ? apiKey(input) : null,
                input.securityScheme(), secret(kind, input), body.baseUrl());
    }

    /** For no collection in particular. */
    static NewConnection draft(WorkatoConnection.Input body) {
        WorkatoConnection.Secret input = input(body);
        Kind kind = kind(input);
        Scheme scheme = switch (kind) {
            case NONE -> Scheme.NONE;
            case BEARER -> Scheme.BEARER;
            case BASIC -> Scheme.BASIC;
            case API_KEY -> apiKey(input);
        };
        return new NewConnection(WorkatoInput.required("project_id", body.projectId()), body.name(), scheme,
                secret(kind, input), body.baseUrl());
    }

    private static WorkatoConnection.Secret input(WorkatoConnection.Input body) {
        return body.input() == null ? NOTHING : body.input();
    }

    private static Kind kind(WorkatoConnection.Secret input) {
        boolean isBasic = input.username() != null || input.password() != null;
        int kinds = (input.apiKey() == null ? 0 : 1) + (input.token() == null ? 0 : 1) + (isBasic ? 1 : 0);
        if (kinds > 1) {
            throw Problem.invalidField("input", "invalid_field_value",
                    "input: one of api_key, token, or username with password");
        }
        if (input.apiKey() != null) {
            return Kind.API_KEY;
        }
        return input.token() != null ? Kind.BEARER : isBasic ? Kind.BASIC : Kind.NONE;
    }

    private static String secret(Kind kind, WorkatoConnection.Secret input) {
        return switch (kind) {
            case NONE -> null;
            case API_KEY -> input.apiKey();
            case BEARER -> input.token();
            case BASIC -> basic(input);
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

    private static Scheme apiKey(WorkatoConnection.Secret input) {
        try {
            return Scheme.apiKey(
                    input.in() == null ? Place.HEADER : Place.valueOf(input.in().toUpperCase(Locale.ROOT)),
                    input.name());
        } catch (IllegalArgumentException e) {
            throw Problem.invalidField("input.in", "enum", "input.in: header, query or cookie");
        }
    }
}
