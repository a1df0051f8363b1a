package io.gatehouse.engine.proxied;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.gatehouse.kernel.Problem;
import io.gatehouse.plan.MediaTypes;
import io.gatehouse.plan.Upstream;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Listens to upstreams in their own era, whatever the agent's. Upstreams may let the head of their stream wait for its first
 * event: one that does not refuse in time is taken for one that announces something.
 */
@Singleton
public class Listening {

    private final Upstreams upstreams;
    private final Patience patience;
    private final long mostBytes;

    @Inject
    Listening(Upstreams upstreams, Patience patience,
            @ConfigProperty(name = "gatehouse.outbound.max-response-size", defaultValue = "10M") MemorySize mostBytes) {
        this.upstreams = upstreams;
        this.patience = patience;
        this.mostBytes = mostBytes.asLongValue();
    }

    /** From now on, until it is cancelled. Fails with a {@link Problem} where the upstream does not let anybody listen. */
    public Uni<Announcements> begin(Upstream upstream, Interests interests) {
        return upstream.era().isModern() ? subscribe(upstream, interests) : listen(upstream, interests);
    }

    private Uni<Announcements> subscribe(Upstream upstream, Interests interests) {
        Uni<UpstreamAnswer> opening = upstreams.open(upstream, Talk.listening(interests)).invoke(head -> {
            if (head.status() != 200) {
                head.abort();
                throw Messages.refusal(head.status());
            }
        });
        return patience.await(opening).map(outcome -> new Announcements(interests,
                (outcome.item() != null ? read(outcome.item()) : outcome.later().onItem().transformToMulti(this::read))
                        .select().first(message -> message.has("method"))
                        .select().where(interests::include).map(Listening::unmarked)));
    }

    private Multi<ObjectNode> read(UpstreamAnswer head) {
        return Messages.of(head, mostBytes);
    }

    private static ObjectNode unmarked(ObjectNode notification) {
        if (notification.at("/params/_meta") instanceof ObjectNode meta) {
            meta.remove("io.modelcontextprotocol/subscriptionId");
        }
        return notification;
    }

    /** In a session of its own, which ends with it. */
    private Uni<Announcements> listen(Upstream upstream, Interests interests) {
        Talk talk = new Talk(request -> upstreams.open(upstream, request), mostBytes);
        return talk.initialize().chain(session -> subscribed(talk, session, interests.uris())
                .chain(uris -> listen(upstream, talk, session, interests.with(uris)))
                .onFailure().call(failure -> talk.end(session))
                .onCancellation().invoke(() -> leave(talk, session)));
    }

    /** Whoever waited for this would be handed a stream meanwhile that nobody reads. */
    private static void leave(Talk talk, LegacySession session) {
        talk.end(session).subscribe().with(ended -> {
        }, failure -> {
        });
    }

    /** Those of the resources that the upstream takes a subscription to. */
    private static Uni<List<String>> subscribed(Talk talk, LegacySession session, List<String> uris) {
        return Multi.createFrom().iterable(uris).onItem().transformToUniAndConcatenate(uri -> talk
                .legacy(session, new Question("resources/subscribe", JsonNodeFactory.instance.objectNode().put("uri", uri)))
                .collect().last().map(response -> response.has("result") ? List.of(uri) : List.<String> of()))
                .collect().in(ArrayList<String>::new, List::addAll).map(List::copyOf);
    }

    private Uni<Announcements> listen(Upstream upstream, Talk talk, LegacySession session, Interests interests) {
        if (interests.equals(Interests.NONE)) {
            return talk.end(session).replaceWith(Announcements.NONE);
        }
        return patience.await(upstreams.open(upstream, Wording.bare("GET", session))).chain(outcome -> {
            if (outcome.item() != null && !isStream(outcome.item())) {
                outcome.item().abort();
                return talk.end(session).replaceWith(Announcements.NONE);
            }
            Multi<ObjectNode> all = outcome.item() != null ? read(outcome.item())
                    : outcome.later().onItem().transformToMulti(this::readLate);
            return Uni.createFrom().item(new Announcements(interests, all.select().where(interests::include)
                    .onTermination().invoke(() -> leave(talk, session))));
        });
    }

    private static boolean isStream(UpstreamAnswer head) {
        return head.status() == 200
                && MediaTypes.essence(head.headers().get("Content-Type")).equals("text/event-stream");
    }

    /** There is nothing to hear of after all. */
    private Multi<ObjectNode> readLate(UpstreamAnswer head) {
        if (isStream(head)) {
            return read(head);
        }
        head.abort();
        return Multi.createFrom().empty();
    }
}
