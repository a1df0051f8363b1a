package io.gatehouse.api.workato;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.connections.Scheme;
import io.gatehouse.kernel.Problem;
import io.gatehouse.platform.database.StoredJson;
import io.gatehouse.upstreams.AllowedTools;
import io.gatehouse.upstreams.ChangePolicy;
import io.gatehouse.upstreams.CredentialWish;
import io.gatehouse.upstreams.Registration;
import io.gatehouse.upstreams.UpstreamDraft;

/** Between the upstreams of the domain and the remotes of this dialect. */
final class WorkatoRemoteMapper {

    private static final TypeReference<JsonNode> JSON = new TypeReference<>() {
    };

    private WorkatoRemoteMapper() {
    }

    /** Whether a server that is to be made stands for a third-party one. */
    static boolean isProxy(WorkatoServer.Input input) {
        String type = input.serverType() == null ? "composed" : input.serverType();
        if (!type.equals("proxy") && !type.equals("composed")) {
            throw Problem.invalidField("server_type", "enum", "server_type: composed or proxy");
        }
        boolean isProxy = type.equals("proxy");
        if (isProxy && input.remote() == null) {
            throw Problem.invalidField("remote", "missing_required_field", "remote is required for a proxy server");
        }
        if (!isProxy && input.remote() != null) {
            throw Problem.invalidField("remote", "not_a_proxy", "remote: only a server of server_type proxy has one");
        }
        return isProxy;
    }

    /** The upstream that is there already, or null for a new one. */
    static String shared(WorkatoRemote.Input remote) {
        if (remote.upstreamId() != null && (remote.url() != null || remote.auth() != null || remote.connectionId() != null
                || remote.timeoutSeconds() != null || remote.allowedTools() != null || remote.changePolicy() != null)) {
            throw Problem.invalidField("remote.upstream_id", "invalid_field_value",
                    "remote.upstream_id: what is there already is not changed by a further server; leave out the rest");
        }
        return remote.upstreamId();
    }

    static UpstreamDraft draft(WorkatoRemote.Input remote) {
        return new UpstreamDraft(remote.upstreamId(), null, remote.url(), credential(remote),
                remote.timeoutSeconds() == null ? null : timeout(remote.timeoutSeconds()), allowed(remote.allowedTools()),
                policy(remote.changePolicy()));
    }

    /** Out of all bounds is as wrong as out of bounds. */
    private static Duration timeout(long seconds) {
        return Duration.ofSeconds(Math.max(-1, Math.min(seconds, Integer.MAX_VALUE)));
    }

    private static ChangePolicy policy(String word) {
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "serve" -> ChangePolicy.SERVE;
            case "withhold" -> ChangePolicy.WITHHOLD;
            default -> throw Problem.invalidField("remote.change_policy", "enum",
                    "remote.change_policy: serve or withhold");
        };
    }

    /** @param names absent, null, or an array of texts */
    private static AllowedTools allowed(JsonNode names) {
        if (names == null || names.isNull() || names.isMissingNode()) {
            return names == null || names.isMissingNode() ? null : AllowedTools.ALL;
        }
        List<String> texts = new ArrayList<>();
        names.forEach(name -> texts.add(name.isTextual() ? name.textValue() : null));
        if (!names.isArray()) {
            throw Problem.invalidField("remote.allowed_tools", "invalid_field_value",
                    "remote.allowed_tools: an array of names, or null for all");
        }
        return new AllowedTools(texts);
    }

    /** What is shown of a credential changes nothing when it is sent back. */
    private static CredentialWish credential(WorkatoRemote.Input remote) {
        WorkatoRemote.AuthInput auth = remote.auth();
        if (remote.connectionId() != null && auth != null && auth.hasSecret()) {
            throw Problem.invalidField("remote.auth", "invalid_field_value",
                    "remote.auth: either a secret or a connection_id");
        }
        if (remote.connectionId() != null) {
            return new CredentialWish(remote.connectionId(), null, null);
        }
        if (auth == null) {
            return null;
        }
        return switch (auth.type() == null ? "" : auth.type()) {
            case "none" -> new CredentialWish(null, Scheme.NONE, null);
            case "token" -> new CredentialWish(null, Scheme.BEARER, auth.token());
            case "header" -> new CredentialWish(null, Scheme.apiKey(Scheme.Place.HEADER, auth.name()), auth.value());
            case "oauth_client_credentials" -> clientCredentials(auth);
            default -> throw Problem.invalidField("remote.auth.type", "enum",
                    "remote.auth.type: none, token, header or oauth_client_credentials");
        };
    }

    private static CredentialWish clientCredentials(WorkatoRemote.AuthInput auth) {
        return CredentialWish.made(() -> new CredentialWish(null,
                WorkatoConnectionMapper.clientCredentials(new WorkatoConnection.Secret(null, null, null, null, null, null,
                        null, auth.tokenUrl(), auth.clientId(), auth.clientSecret(), auth.scope(), auth.resource(),
                        auth.audience(), auth.clientAuthentication())),
                auth.clientSecret()));
    }

    static WorkatoRemote wire(Registration remote) {
        return new WorkatoRemote(remote.objectId(), URI.create(remote.url()), auth(remote.scheme()),
                remote.connectionId(), remote.timeout().toSeconds(), remote.allowedTools().names(),
                word(remote.changePolicy()), word(remote.state()), remote.stateDetail(), remote.stateSince(),
                remote.checkedAt(), word(remote.era()), StoredJson.read(remote.card(), JSON).path("serverInfo"),
                remote.pendingChanges());
    }

    private static WorkatoRemote.Auth auth(Scheme scheme) {
        return new WorkatoRemote.Auth(switch (scheme.kind()) {
            case NONE -> "none";
            case BEARER -> "token";
            case BASIC -> "basic";
            case API_KEY -> word(scheme.place());
            case CLIENT_CREDENTIALS -> "oauth_client_credentials";
        }, scheme.parameter());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
