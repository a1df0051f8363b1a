package io.gatehouse.upstreams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.gatehouse.kernel.ObjectId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Holds what was seen of an upstream's tools against what is recorded of them. Works in the caller's transaction. */
@Singleton
class ToolRecords {

    private final UpstreamToolStore store;

    @Inject
    ToolRecords(UpstreamToolStore store) {
        this.store = store;
    }

    /**
     * What has changed, as digests by name.
     *
     * @param before without those that are new
     * @param after without those that are gone
     */
    record Digests(Map<String, String> before, Map<String, String> after) {

        boolean isNone() {
            return before.isEmpty() && after.isEmpty();
        }
    }

    /** The first tools of an upstream, which are good as they are. */
    Uni<Void> first(UpstreamEntity upstream, Sighting sighting, String who) {
        Set<String> names = new HashSet<>();
        return store.add(sighting.tools().stream().map(tool -> {
            UpstreamToolEntity row = fresh(upstream, tool, sighting.asOf(), names);
            row.approve(sighting.asOf(), who);
            return row;
        }).toList());
    }

    /** Records what is new, changed, gone or back as it was. */
    Uni<Digests> compare(UpstreamEntity upstream, Sighting sighting) {
        return store.known(upstream.id).chain(known -> {
            Map<String, KnownTool> left = known.stream()
                    .collect(Collectors.toMap(KnownTool::upstreamName, Function.identity()));
            List<SeenTool> added = new ArrayList<>();
            Map<Long, SeenTool> changed = new HashMap<>();
            Digests difference = new Digests(new HashMap<>(), new HashMap<>());
            for (SeenTool tool : sighting.tools()) {
                KnownTool same = left.remove(tool.name());
                if (same == null) {
                    added.add(tool);
                } else if (!tool.digest().equals(same.observedDigest())) {
                    changed.put(same.id(), tool);
                }
                note(difference, same, tool);
            }
            left.values().removeIf(tool -> tool.status() == ToolStatus.GONE);
            left.values().forEach(tool -> difference.before().put(tool.upstreamName(), tool.observedDigest()));
            return difference.isNone() ? Uni.createFrom().item(difference)
                    : update(changed, left.values(), sighting.asOf()).chain(() -> add(upstream, known, added, sighting))
                            .replaceWith(difference);
        });
    }

    private static void note(Digests difference, KnownTool before, SeenTool after) {
        String former = before == null ? null : before.observedDigest();
        if (!after.digest().equals(former)) {
            difference.after().put(after.name(), after.digest());
            if (former != null) {
                difference.before().put(after.name(), former);
            }
        }
    }

    private Uni<Void> update(Map<Long, SeenTool> changed, Collection<KnownTool> gone, Instant when) {
        Set<Long> ids = new HashSet<>(changed.keySet());
        gone.forEach(tool -> ids.add(tool.id()));
        return store.these(ids).chain(rows -> {
            List<UpstreamToolEntity> forgotten = new ArrayList<>();
            rows.forEach(row -> {
                if (changed.containsKey(row.id)) {
                    row.seen(changed.get(row.id), when);
                } else if (row.approvedDigest == null) {
                    forgotten.add(row);
                } else {
                    row.gone(when);
                }
            });
            return store.remove(forgotten);
        });
    }

    /** A name that is easily taken for another one of the upstream's is told, be the other one gone. */
    private Uni<Void> add(UpstreamEntity upstream, List<KnownTool> known, List<SeenTool> added, Sighting sighting) {
        LookAlikes lookAlikes = new LookAlikes();
        Set<String> names = new HashSet<>();
        known.forEach(tool -> {
            lookAlikes.add(tool.upstreamName());
            lookAlikes.add(tool.name());
            names.add(tool.name());
        });
        added.forEach(tool -> lookAlikes.add(tool.name()));
        return store.add(added.stream().map(tool -> {
            UpstreamToolEntity row = fresh(upstream, tool, sighting.asOf(), names);
            row.looksLike = row.name.equals(tool.name()) ? lookAlikes.of(tool.name()) : tool.name();
            return row;
        }).toList());
    }

    private static UpstreamToolEntity fresh(UpstreamEntity upstream, SeenTool tool, Instant when, Set<String> names) {
        UpstreamToolEntity row = new UpstreamToolEntity();
        row.objectId = ObjectId.create(when);
        row.upstreamId = upstream.id;
        row.upstreamName = tool.name();
        row.name = unique(tool.name(), names);
        row.enabled = true;
        row.firstSeenAt = when;
        row.seen(tool, when);
        return row;
    }

    /** The same, unless another tool goes by it here. */
    private static String unique(String name, Set<String> taken) {
        String candidate = name;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = name + "_" + i;
        }
        return candidate;
    }
}
