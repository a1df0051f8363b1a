package io.gatehouse.api.celigo;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.api.JsonFields;
import io.gatehouse.kernel.Faults;
import io.gatehouse.plan.PromptPlan.ContentType;
import io.gatehouse.plan.PromptPlan.Role;
import io.gatehouse.prompts.Prompt;
import io.gatehouse.servers.ExternalOAuth;
import io.gatehouse.servers.ServerDraft;
import io.gatehouse.servers.catalogue.Icon;
import io.gatehouse.servers.catalogue.ToolAnnotations;

/** Reads what a request says of a whole server; what has the wrong type or is no word of the contract is a fault. */
final class DraftReader {

    private static final Map<String, Role> ROLES = Map.of("user", Role.USER, "assistant", Role.ASSISTANT);
    private static final Map<String, ContentType> CONTENT_TYPES = Map.of("text", ContentType.TEXT, "image",
            ContentType.IMAGE, "audio", ContentType.AUDIO, "resource", ContentType.RESOURCE);

    private DraftReader() {
    }

    static ServerDraft read(JsonNode body, Faults faults) {
        JsonFields server = JsonFields.of(body, faults);
        return new ServerDraft(server.text("name"), relativeUri(server), server.text("description"), icons(server),
                !server.flag("disabled", true), server.objects("tools").stream().map(DraftReader::tool).toList(),
                server.objects("apis").stream().map(DraftReader::api).toList(),
                server.objects("prompts").stream().map(DraftReader::prompt).toList(), oauth(server),
                server.reference("_connectionId"));
    }

    /** A URL does instead, but not against a relative URI. */
    private static String relativeUri(JsonFields server) {
        String relativeUri = server.text("relativeURI");
        String url = server.text("url");
        if (server.has("relativeURI") || url == null) {
            return relativeUri;
        }
        try {
            URI parsed = URI.create(url.strip());
            if (parsed.isAbsolute() && parsed.getRawAuthority() != null) {
                return parsed.getRawPath();
            }
        } catch (IllegalArgumentException e) {
            // Told below, in our own words.
        }
        server.faults().add("url", "invalid_uri", "url: an absolute URL is needed");
        server.faults().add("relativeURI", "missing_required_field", "relativeURI is required, or a url to take it from");
        return null;
    }

    private static ServerDraft.Tool tool(JsonFields tool) {
        JsonFields hints = tool.object("annotations");
        JsonNode overrides = OverridesReader.read(tool);
        return new ServerDraft.Tool(tool.reference("_toolId"), tool.text("name"), !tool.flag("disabled", true),
                hints == null ? null
                        : new ToolAnnotations(hints.text("title"), hints.flag("destructiveHint"),
                                hints.flag("idempotentHint"), hints.flag("openWorldHint"), hints.flag("readOnlyHint")),
                icons(tool),
                overrides == null ? null : overrides.toString());
    }

    private static List<Icon> icons(JsonFields of) {
        return !of.names("icons") ? null
                : of.objects("icons").stream().map(icon -> new Icon(icon.text("src"), icon.text("mimeType"),
                        icon.has("sizes") ? icon.texts("sizes") : null, icon.text("theme"))).toList();
    }

    private static ServerDraft.Api api(JsonFields api) {
        return new ServerDraft.Api(api.reference("_apiId"), api.text("name"), !api.flag("disabled", true));
    }

    private static Prompt prompt(JsonFields prompt) {
        return new Prompt(prompt.text("name"), prompt.text("title"), prompt.text("description"),
                prompt.objects("arguments").stream().map(argument -> new Prompt.Argument(argument.text("name"),
                        argument.text("description"), argument.flag("required", true), argument.texts("suggestions"))).toList(),
                prompt.objects("messagesTemplate").stream().map(DraftReader::message).toList());
    }

    private static Prompt.MessageTemplate message(JsonFields message) {
        String role = message.word("role", ROLES.keySet());
        String contentType = message.word("contentType", CONTENT_TYPES.keySet());
        return new Prompt.MessageTemplate(role == null ? null : ROLES.get(role),
                contentType == null ? ContentType.TEXT : CONTENT_TYPES.get(contentType), message.text("mimeType"),
                message.text("template"));
    }

    /** That there is no introspection and nothing else is what a server without OAuth shows, and means none. */
    private static ExternalOAuth.Wish oauth(JsonFields server) {
        JsonFields oauth = server.object("oauth");
        if (oauth == null || isNone(server.raw("oauth"))) {
            return null;
        }
        String secret = oauth.text("clientSecret");
        boolean keeps = CeligoServerMapper.MASK.equals(secret);
        return new ExternalOAuth.Wish(oauth.text("issuerURL"), oauth.text("audience"),
                oauth.flag("useIntrospection", false), oauth.texts("scopes"), oauth.text("clientId"),
                keeps ? null : secret, keeps);
    }

    private static boolean isNone(JsonNode oauth) {
        JsonNode introspection = oauth.path("useIntrospection");
        return introspection.isBoolean() && !introspection.asBoolean()
                && StreamSupport.stream(oauth.spliterator(), false).allMatch(
                        value -> value == introspection || value.isNull() || value.isArray() && value.isEmpty());
    }
}
