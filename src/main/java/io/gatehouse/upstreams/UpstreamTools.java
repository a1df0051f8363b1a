package io.gatehouse.upstreams;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.gatehouse.kernel.Caller;
import io.gatehouse.kernel.Page;
import io.gatehouse.kernel.Problem;
import io.gatehouse.kernel.Text;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The door to the recorded tools of upstreams. Works in the caller's session or transaction. */
@Singleton
public class UpstreamTools {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_DESCRIPTION = 10_000;

    private final UpstreamStore upstreams;
    private final UpstreamToolStore store;
    private final UpstreamRows rows;
    private final Clock clock;

    @Inject
    UpstreamTools(UpstreamStore upstreams, UpstreamToolStore store, UpstreamRows rows, Clock clock) {
        this.upstreams = upstreams;
        this.store = store;
        this.rows = rows;
        this.clock = clock;
    }

    /** A tool before and after a change. */
    public record Changed(RecordedTool before, RecordedTool after) {
    }

    /** By age. */
    public Uni<Page<RecordedTool>> list(long upstreamId, Page.Slice slice) {
        return upstreams.findById(upstreamId)
                .chain(upstream -> store.page(upstreamId, slice).map(page -> page.map(shown(upstream))));
    }

    /** Fails with NOT_FOUND where the upstream has none such. */
    public Uni<RecordedTool> get(long upstreamId, long id) {
        return upstreams.findById(upstreamId).chain(upstream -> tool(upstreamId, id).map(shown(upstream)));
    }

    /** The same; the upstream's own words are no words in their place. */
    public Uni<Changed> change(long upstreamId, long id, ToolWish wish) {
        String description = Text.bounded("description", wish.description(), LONGEST_DESCRIPTION);
        return hold(upstreamId).chain(upstream -> tool(upstreamId, id).chain(row -> {
            RecordedTool before = shown(upstream).apply(row);
            if (description != null) {
                row.description = description.isBlank() || description.equals(before.originalDescription()) ? null
                        : description;
            }
            row.enabled = wish.enabled() == null ? row.enabled : wish.enabled();
            return (wish.name() == null ? Uni.createFrom().voidItem() : rename(row, wish.name()))
                    .chain(store::flush)
                    .chain(() -> rows.announce(upstream))
                    .map(done -> new Changed(before, shown(upstream).apply(row)));
        }));
    }

    private Uni<Void> rename(UpstreamToolEntity row, String wanted) {
        String name = wanted.isEmpty() ? row.upstreamName : wanted;
        if (!wanted.isEmpty() && !wanted.equals(row.name) && !NAME.matcher(wanted).matches()) {
            throw Problem.invalidField("name", "regexp",
                    "name: 1 to 64 letters, digits, underscores and hyphens");
        }
        return store.known(row.upstreamId).invoke(known -> {
            LookAlikes lookAlikes = new LookAlikes();
            Set<String> names = new HashSet<>();
            known.stream().filter(tool -> tool.id() != row.id).forEach(tool -> {
                lookAlikes.add(tool.name());
                names.add(tool.name());
            });
            if (names.contains(name)) {
                throw Problem.invalidField("name", "duplicate_tool_name", "name: another tool goes by " + name);
            }
            if (!name.equals(row.name) && !name.equals(row.upstreamName) && lookAlikes.of(name) != null) {
                throw Problem.invalidField("name", "looks_like",
                        "name: agents would take it for another tool, " + lookAlikes.of(name));
            }
            row.name = name;
        }).replaceWithVoid();
    }

    /** What waits for somebody to approve it, be it served meanwhile; the latest last. */
    public Uni<Page<ToolChange>> changes(long upstreamId, Page.Slice slice) {
        return upstreams.findById(upstreamId).chain(upstream -> store.changed(upstreamId, slice)
                .map(page -> page.map(row -> change(shown(upstream).apply(row), row))));
    }

    private static ToolChange change(RecordedTool tool, UpstreamToolEntity row) {
        JsonNode now = row.observedDefinition == null ? null : WholeText.read(row.observedDefinition);
        return new ToolChange(tool, now, now == null || row.approvedDefinition == null ? List.of()
                : Differences.between(WholeText.read(row.approvedDefinition), now));
    }

    /**
     * Takes a tool as it is now for good; forgets one that is gone, or fails with CONFLICT while something has chosen it.
     *
     * @param digest of what is approved, null for its being gone; fails with CONFLICT when it is otherwise meanwhile
     */
    public Uni<Void> approve(Caller caller, long upstreamId, long id, String digest) {
        return hold(upstreamId).chain(upstream -> tool(upstreamId, id).chain(row -> {
            if (!Objects.equals(digest, row.observedDigest)) {
                throw Problem.conflict("changed_meanwhile",
                        "The tool is not, or not any more, as this digest has it; look at it again");
            }
            Map<String, String> before = digests(row.upstreamName, row.approvedDigest);
            boolean isGone = row.status == ToolStatus.GONE;
            if (!isGone) {
                row.approve(clock.instant(), caller.subject());
            }
            return (isGone ? forget(caller, row) : store.flush()).chain(() -> rows.finish(caller, upstream,
                    "tool_approved", before, digests(row.upstreamName, digest)));
        }));
    }

    /** It goes from all that takes over the whole upstream, too. */
    private Uni<Void> forget(Caller caller, UpstreamToolEntity row) {
        return rows.refuseWhileChosen(caller, row.id).chain(() -> store.remove(List.of(row)));
    }

    private static Map<String, String> digests(String name, String digest) {
        return digest == null ? Map.of() : Map.of(name, digest);
    }

    private Uni<UpstreamEntity> hold(long id) {
        return upstreams.lock(id).onItem().ifNull().failWith(() -> Problem.notFound("Remote MCP server"));
    }

    private Uni<UpstreamToolEntity> tool(long upstreamId, long id) {
        return store.one(upstreamId, id).onItem().ifNull().failWith(() -> Problem.notFound("Tool"));
    }

    /** What people see of the upstream's tools. */
    static Function<UpstreamToolEntity, RecordedTool> shown(UpstreamEntity upstream) {
        Predicate<String> allowed = upstream.allowed().membership();
        return row -> {
            boolean pinned = upstream.changePolicy == ChangePolicy.WITHHOLD && row.approvedDefinition != null;
            JsonNode definition = WholeText.read(pinned ? row.approvedDefinition : row.definition());
            String words = WholeText.member(definition, "description");
            return new RecordedTool(row.id, row.objectId, row.upstreamName, row.name, SeenTool.title(definition),
                    row.description == null ? words : row.description, words, row.enabled,
                    row.isServed(upstream.changePolicy, allowed.test(row.upstreamName)), row.status,
                    row.looksLike, row.status == ToolStatus.GONE ? null : row.observedDigest, row.approvedDigest,
                    row.firstSeenAt, row.changedAt, row.approvedAt, row.approvedBy,
                    definition.has("inputSchema") ? WholeText.of(definition.get("inputSchema")) : null);
        };
    }
}
