package io.gatehouse.engine.proxied;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.Upstream.Era;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Asks an upstream who it is and what tools it has, and leaves no session behind. */
@Singleton
public class Discoverer {

    private static final int MOST_PAGES = 200;
    private static final int MOST_TOOLS = 5_000;

    private final Upstreams upstreams;
    private final long mostBytes;

    @Inject
    Discoverer(Upstreams upstreams,
            @ConfigProperty(name = "gatehouse.outbound.max-response-size", defaultValue = "10M") MemorySize mostBytes) {
        this.upstreams = upstreams;
        this.mostBytes = mostBytes.asLongValue();
    }

    /**
     * Fails with a {@link Problem}: FORBIDDEN by the address guard, TIMEOUT, TOO_LARGE, or UPSTREAM, with code
     * {@code upstream_refused} when it refuses the credential, {@code not_mcp} when what answers is no MCP server,
     * {@code upstream_error} when it says that it has failed, and {@code upstream_failed} when it can't be reached.
     *
     * @param connectionId the connection whose credential is sent, or null
     */
    public Uni<Discovery> discover(URI url, Long connectionId, Duration timeout) {
        Talk talk = new Talk(request -> upstreams.send(url, connectionId, timeout, request)
                .map(answer -> new UpstreamAnswer(answer, false, () -> {
                })), mostBytes);
        return modernCard(talk).chain(modern -> talk.initialize()
                .map(Optional::of)
                .onFailure(failure -> modern.isPresent()).recoverWithItem(Optional.empty())
                .chain(session -> discover(talk, modern, session)));
    }

    /** Empty where the upstream speaks no modern revision that Gatehouse does, or fails at the question. */
    private static Uni<Optional<JsonNode>> modernCard(Talk talk) {
        return ask(talk::modern, "server/discover", null)
                .map(Talk::result)
                .map(result -> contains(result.path("supportedVersions"), Wording.MODERN)
                        ? Optional.of(result)
                        : Optional.<JsonNode> empty())
                .onFailure(failure -> !isRefusal(failure)).recoverWithItem(Optional.empty());
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof Problem problem && (problem.code().equals("upstream_refused")
                || problem.kind() == Problem.Kind.FORBIDDEN || problem.kind() == Problem.Kind.TIMEOUT);
    }

    private static boolean contains(JsonNode versions, String version) {
        for (JsonNode supported : versions) {
            if (supported.asText().equals(version)) {
                return true;
            }
        }
        return false;
    }

    private static Uni<Discovery> discover(Talk talk, Optional<JsonNode> modern, Optional<LegacySession> session) {
        JsonNode introduction = modern.orElseGet(() -> session.orElseThrow().card());
        Era era = modern.isEmpty() ? Era.LEGACY : session.isEmpty() ? Era.MODERN : Era.DUAL;
        Function<Question, Multi<ObjectNode>> way = modern.isPresent() ? talk::modern
                : question -> talk.legacy(session.orElseThrow(), question);
        boolean hasTools = introduction.at("/capabilities/tools").isObject();
        return (hasTools ? tools(way, null, new ArrayList<>(), 0) : Uni.createFrom().item(List.<ObjectNode> of()))
                .map(tools -> new Discovery(era, card(introduction), tools))
                .onTermination().call(() -> session.map(talk::end).orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static Uni<List<ObjectNode>> tools(Function<Question, Multi<ObjectNode>> way, String cursor,
            List<ObjectNode> gathered, int page) {
        return ask(way, "tools/list", cursor).map(Talk::result).chain(result -> {
            result.path("tools").forEach(tool -> {
                if (tool instanceof ObjectNode object && tool.path("name").isTextual()) {
                    gathered.add(object);
                }
            });
            JsonNode next = result.path("nextCursor");
            if (!next.isTextual()) {
                return Uni.createFrom().item(List.copyOf(gathered));
            }
            if (page >= MOST_PAGES || gathered.size() > MOST_TOOLS) {
                throw Problem.upstreamFault("not_mcp", "The MCP server lists more than " + MOST_TOOLS
                        + " tools, or its pages have no end");
            }
            return tools(way, next.textValue(), gathered, page + 1);
        });
    }

    private static Uni<ObjectNode> ask(Function<Question, Multi<ObjectNode>> way, String method, String cursor) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        if (cursor != null) {
            params.put("cursor", cursor);
        }
        return way.apply(new Question(method, params)).collect().last();
    }

    /** In the form that {@link io.gatehouse.plan.Upstream} has it. */
    private static String card(JsonNode introduction) {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.set("capabilities", introduction.path("capabilities"));
        JsonNode modernInfo = introduction.path("_meta").path("io.modelcontextprotocol/serverInfo");
        card.set("serverInfo", modernInfo.isMissingNode() ? introduction.path("serverInfo") : modernInfo);
        if (introduction.path("instructions").isTextual()) {
            card.set("instructions", introduction.path("instructions"));
        }
        return card.toString();
    }
}
